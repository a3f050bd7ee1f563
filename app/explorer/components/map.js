// The map: outlines (WORLD, put before this) and points that can be clicked, dragged and zoomed.
const SVG = "http://www.w3.org/2000/svg";
const drawn = new WeakMap();

function element(name, attributes = {}, parent = null) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent?.append(made);
  return made;
}

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
  return { x: map.view.x + (event.clientX - box.x) * unit, y: map.view.y + (event.clientY - box.y) * unit, unit };
}

function listen(map) {
  let from = null;
  map.svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(map, event.deltaY > 0 ? 1.25 : 0.8, located(map, event));
  }, { passive: false });
  map.svg.addEventListener("pointerdown", (event) => {
    from = { x: event.clientX, y: event.clientY, view: { ...map.view } };
  });
  map.svg.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons) return;
    const unit = located(map, event).unit;
    move(map, from.view.x - (event.clientX - from.x) * unit, from.view.y - (event.clientY - from.y) * unit);
  });
  map.svg.addEventListener("pointerup", () => (from = null));
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
  const tell = () => (map.tip.textContent = point.label);
  group.addEventListener("pointerenter", tell);
  group.addEventListener("focus", tell);
  group.addEventListener("pointerleave", () => (map.tip.textContent = ""));
  group.addEventListener("click", () => map.send("select", point.id));
  group.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); map.send("select", point.id); }
  });
  return group;
}

function button(map, sign, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = sign;
  made.title = label;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  map.tools.append(made);
}

function create(root, data) {
  const frame = document.createElement("div");
  frame.className = "frame";
  const map = { svg: element("svg", { role: "group" }), tip: document.createElement("div"), tools: document.createElement("div") };
  map.tip.className = "tip";
  map.tools.className = "tools";
  const lands = element("g", {}, map.svg);
  for (const [code, path] of Object.entries(WORLD.paths)) element("path", { d: path, class: "land", "data-code": code }, lands);
  map.layer = element("g", {}, map.svg);
  button(map, "+", data.texts.larger, () => zoom(map, 0.7));
  button(map, "−", data.texts.smaller, () => zoom(map, 1.4));
  button(map, "⤢", data.texts.whole, () => move(map, 0, 0, WORLD.width));
  frame.append(map.svg, map.tools, map.tip);
  root.replaceChildren(frame);
  map.view = { x: 0, y: 0, width: WORLD.width };
  listen(map);
  return map;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".rawabit-map");
  root.dir = data.rtl ? "rtl" : "ltr";
  if (!drawn.has(root)) drawn.set(root, create(root, data));
  const map = drawn.get(root);
  map.send = setTriggerValue;
  map.svg.setAttribute("aria-label", data.texts.label);
  const signature = JSON.stringify(data.points.map((p) => [p.id, p.count]));
  map.points = data.points;
  map.marks = data.points.map((point) => mark(map, point));
  map.layer.replaceChildren(...map.marks);
  if (map.signature !== signature) fit(map);
  map.signature = signature;
  show(map);
}
