// Events along time in lanes; crowded ones are one bubble with their number. Drag, wheel, buttons.
const LANE = 46, TOP = 40, FOOT = 30, SIDE = 120, CLOSE = 17;

// From a time (in years) to where it stands; Arabic runs from right to left.
function across(line, time) {
  const share = (time - line.from) / (line.to - line.from);
  const inner = line.width - SIDE - 12;
  return line.data.rtl ? line.width - SIDE - share * inner : SIDE + share * inner;
}

function limit(line) {
  const least = 1 / 52, most = line.data.last - line.data.first;
  const length = Math.min(most, Math.max(least, line.to - line.from));
  line.from = Math.max(line.data.first, Math.min(line.data.last - length, line.from));
  line.to = line.from + length;
}

function zoom(line, factor, at = null) {
  const center = at ?? (line.from + line.to) / 2;
  line.from = center - (center - line.from) * factor;
  line.to = center + (line.to - center) * factor;
  limit(line);
  draw(line);
}

function ticks(line) {
  const length = line.to - line.from;
  const many = line.width / 90;
  const steps = [1 / 12, 1 / 4, 1 / 2, 1, 2, 5, 10, 20, 50, 100];
  const step = steps.find((each) => length / each <= many) ?? 200;
  const found = [];
  for (let time = Math.ceil(line.from / step) * step; time <= line.to; time += step) {
    const year = Math.floor(time + 1e-6), month = Math.round((time - year) * 12);
    const label = step < 1 && month % 12 ? line.data.months[month % 12] : String(year + (month === 12 ? 1 : 0));
    found.push([time, label]);
  }
  return found;
}

// Neighbours on the screen become one bubble.
function bubbles(line, events) {
  const seen = events
    .filter((event) => event.end >= line.from && event.start <= line.to)
    .map((event) => ({ event, x: across(line, Math.min(line.to, Math.max(line.from, event.at))) }))
    .sort((a, b) => a.x - b.x);
  const groups = [];
  for (const each of seen) {
    const last = groups.at(-1);
    if (last && each.x - last.end < CLOSE && each.x - last.x < 3 * CLOSE) { last.events.push(each.event); last.end = each.x; }
    else groups.push({ x: each.x, end: each.x, events: [each.event] });
  }
  return groups;
}

function mark(line, group, y) {
  const [first] = group.events;
  const one = group.events.length === 1;
  const chosen = group.events.some((event) => event.id === line.data.chosen);
  const made = element("g", {
    class: `mark${chosen ? " chosen" : ""}${one ? " dot" : ""}`, tabindex: 0, role: "button",
    transform: `translate(${(group.x + group.end) / 2} ${y})`,
    "aria-label": one ? first.label : `${group.events.length}`, "data-node": one ? first.id : "",
  });
  const radius = one ? 6.5 : Math.min(15, 8 + 1.6 * Math.log2(group.events.length));
  element("circle", { r: radius, style: `fill:${first.colour};fill-opacity:${one && first.hollow ? 0.15 : 0.85};stroke:${first.colour}` }, made);
  if (!one) element("text", { "font-size": 11 }, made).textContent = group.events.length;
  const labels = group.events.slice(0, 6).map((event) => event.label);
  if (group.events.length > 6) labels.push("…");
  const act = () => {
    if (one) return line.send("select", first.id);
    const times = group.events.map((event) => event.at);
    const low = Math.min(...times), high = Math.max(...times);
    if (high - low < 1 / 60 || line.to - line.from <= 1 / 40) return line.send("select", first.id);
    const room = (high - low) * 0.35 + 0.02;
    line.from = low - room; line.to = high + room;
    limit(line);
    draw(line);
  };
  return alive(made, line, labels.join("\n"), () => line.dragged || act());
}

function draw(line) {
  line.width = Math.max(320, line.svg.getBoundingClientRect().width || 900);
  const height = TOP + LANE * line.data.lanes.length + FOOT;
  line.svg.setAttribute("viewBox", `0 0 ${line.width} ${height}`);
  line.svg.setAttribute("height", height);
  const axis = element("g", { class: "axis" });
  for (const [time, label] of ticks(line)) {
    const x = across(line, time);
    element("line", { x1: x, x2: x, y1: TOP, y2: height - FOOT + 6 }, axis);
    element("text", { x, y: height - 9, "text-anchor": "middle" }, axis).textContent = label;
  }
  const content = [axis];
  line.data.lanes.forEach((lane, number) => {
    const y = TOP + LANE * (number + 0.5);
    const group = element("g", { class: "lane" });
    element("line", { x1: 0, x2: line.width, y1: y + LANE / 2, y2: y + LANE / 2 }, group);
    // `start` follows the direction of the root.
    const title = element("text", { x: line.data.rtl ? line.width - 10 : 10, y: y + 4, "text-anchor": "start" }, group);
    title.textContent = lane.name;
    const events = line.data.events.filter((event) => event.lane === lane.id);
    for (const event of events) {
      if (event.end - event.start < 1 / 60 || event.end < line.from || event.start > line.to) continue;
      const a = across(line, Math.max(event.start, line.from)), b = across(line, Math.min(event.end, line.to));
      element("rect", { class: "bar", x: Math.min(a, b), y: y - 4, width: Math.max(2, Math.abs(b - a)), height: 8, rx: 4, fill: event.colour }, group);
    }
    content.push(group, ...bubbles(line, events).map((each) => mark(line, each, y)));
  });
  line.svg.replaceChildren(...content);
}

function listen(line) {
  const inner = () => line.width - SIDE - 12;
  wheeled(line.svg, (factor, event) => {
    const x = event.clientX - line.svg.getBoundingClientRect().x;
    const share = (line.data.rtl ? line.width - SIDE - x : x - SIDE) / inner();
    zoom(line, factor, line.from + share * (line.to - line.from));
  });
  const hold = () => { line.dragged = false; return { from: line.from, to: line.to }; };
  dragged(line.svg, hold, (held, right) => {
    if (Math.abs(right) < 5) return;
    line.dragged = true;
    const shift = (right / inner()) * (held.to - held.from) * (line.data.rtl ? 1 : -1);
    line.from = held.from + shift;
    line.to = held.to + shift;
    limit(line);
    draw(line);
  });
  new ResizeObserver(() => draw(line)).observe(line.svg.parentElement);
}

function whole(line) {
  line.from = line.data.first;
  line.to = line.data.last;
  draw(line);
}

function create(root, data) {
  const line = framed(root, [
    ["+", data.texts.larger, (it) => zoom(it, 0.6)],
    ["−", data.texts.smaller, (it) => zoom(it, 1.7)],
    ["⤢", data.texts.whole, whole],
  ]);
  line.data = data;
  listen(line);
  return line;
}

function update(line, data) {
  line.data = data;
  const signature = JSON.stringify([data.first, data.last, data.from, data.events.length]);
  if (line.signature !== signature) { line.from = data.from; line.to = data.last; limit(line); }
  line.signature = signature;
  draw(line);
}

export default component(".rawabit-timeline", create, update);
