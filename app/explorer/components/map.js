// The map: outlines (WORLD and chart.js, put before this) and points that can be clicked, dragged and zoomed.
function show(map) {
  const { x, y, width } = map.view;
  const height = (width * WORLD.height) / WORLD.width;
  map.svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  const unit = width / WORLD.width;
  for (const mark of map.marks) {
    const circle = mark.querySelector("circle");
    const radius = (4 + 3.2 * Math.sqrt(mark.point.count)) * unit;
    circle.setAttribute("r", Math.min(radius, 34 * unit));
    const text = mark.querySelector("text");
    text.setAttribute("font-size", 11 * unit);
    text.textContent = mark.point.count > 2 ? mark.point.count : "";
  }
}

function zoom(map, factor, at = null) {
  const { x, y, width } = map.view;
  const wider = Math.min(WORLD.width, Math.max(40, width * factor));
  const ratio = WORLD.height / WORLD.width;
  const center = at ?? { x: x + width / 2, y: y + (width * ratio) / 2 };
  const share = wider / width;
  move(map, center.x - (center.x - x) * share, center.y - (center.y - y) * share, wider);
}

function move(map, x, y, width = map.view.width) {
  const height = (width * WORLD.height) / WORLD.width;
  map.view = {
    x: Math.max(0, Math.min(WORLD.width - width, x)),
    y: Math.max(0, Math.min(WORLD.height - height, y)),
    width,
  };
  show(map);
}

// What is there fills the picture, with some room around it.
function fit(map) {
  const points = map.points;
  if (!points.length) return move(map, 0, 0, WORLD.width);
  const xs = points.map((p) => p.x), ys = points.map((p) => p.y);
  const ratio = WORLD.width / WORLD.height;
  const wide = Math.max(Math.max(...xs) - Math.min(...xs), (Math.max(...ys) - Math.min(...ys)) * ratio);
  const width = Math.min(WORLD.width, Math.max(220, wide * 1.3));
  const middle = [(Math.max(...xs) + Math.min(...xs)) / 2, (Math.max(...ys) + Math.min(...ys)) / 2];
  move(map, middle[0] - width / 2, middle[1] - width / ratio / 2, width);
}

function located(map, event) {
  const box = map.svg.getBoundingClientRect();
  const unit = map.view.width / box.width;
  return { x: map.view.x + (event.clientX - box.x) * unit, y: map.view.y + (event.clientY - box.y) * unit };
}

function listen(map) {
  wheeled(map.svg, (factor, event) => zoom(map, factor, located(map, event)));
  dragged(map.svg, () => ({ ...map.view }), (view, right, down) => {
    const unit = map.view.width / map.svg.getBoundingClientRect().width;
    move(map, view.x - right * unit, view.y - down * unit);
  });
}

function mark(map, point) {
  const group = element("g", {
    class: `mark${point.exact ? "" : " vague"}${point.chosen ? " chosen" : ""}`,
    transform: `translate(${point.x} ${point.y})`,
    tabindex: 0, role: "button", "aria-label": point.label, "data-node": point.id,
  });
  element("circle", {}, group);
  element("text", {}, group);
  group.point = point;
  return alive(group, map, point.label, () => map.send("select", point.id));
}

function create(root, { texts }) {
  const map = framed(root, [
    ["+", texts.larger, (it) => zoom(it, 0.7)],
    ["−", texts.smaller, (it) => zoom(it, 1.4)],
    ["⤢", texts.whole, (it) => move(it, 0, 0, WORLD.width)],
  ]);
  const lands = element("g", {}, map.svg);
  for (const [code, path] of Object.entries(WORLD.paths)) element("path", { d: path, class: "land", "data-code": code }, lands);
  map.layer = element("g", {}, map.svg);
  map.view = { x: 0, y: 0, width: WORLD.width };
  listen(map);
  return map;
}

function update(map, data) {
  const signature = JSON.stringify(data.points.map((p) => [p.id, p.count]));
  map.points = data.points;
  map.marks = data.points.map((point) => mark(map, point));
  map.layer.replaceChildren(...map.marks);
  if (map.signature !== signature) fit(map);
  map.signature = signature;
  show(map);
}

export default component(".rawabit-map", create, update);
