// Events along time in lanes; crowded ones are one bubble with their number. Drag, wheel, buttons.
const SVG = "http://www.w3.org/2000/svg";
const drawn = new WeakMap();
const LANE = 46, TOP = 40, FOOT = 30, SIDE = 120, CLOSE = 17;

function element(name, attributes = {}, parent = null) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent?.append(made);
  return made;
}

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
  const tell = () => (line.tip.textContent = labels.join("\n"));
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
  made.addEventListener("pointerenter", tell);
  made.addEventListener("focus", tell);
  made.addEventListener("pointerleave", () => (line.tip.textContent = ""));
  made.addEventListener("click", () => line.dragged || act());
  made.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(); }
  });
  return made;
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
  let from = null;
  const years = (event) => {
    const box = line.svg.getBoundingClientRect();
    const inner = line.width - SIDE - 12;
    const x = event.clientX - box.x;
    const share = line.data.rtl ? (line.width - SIDE - x) / inner : (x - SIDE) / inner;
    return line.from + share * (line.to - line.from);
  };
  line.svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(line, event.deltaY > 0 ? 1.25 : 0.8, years(event));
  }, { passive: false });
  line.svg.addEventListener("pointerdown", (event) => {
    line.dragged = false;
    from = { x: event.clientX, from: line.from, to: line.to };
  });
  line.svg.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons || Math.abs(event.clientX - from.x) < 5) return;
    line.dragged = true;
    const share = (event.clientX - from.x) / (line.width - SIDE - 12);
    const shift = share * (from.to - from.from) * (line.data.rtl ? 1 : -1);
    line.from = from.from + shift; line.to = from.to + shift;
    limit(line);
    draw(line);
  });
  line.svg.addEventListener("pointerup", () => (from = null));
  new ResizeObserver(() => draw(line)).observe(line.svg.parentElement);
}

function create(root, data) {
  const frame = document.createElement("div");
  frame.className = "frame";
  const line = { svg: element("svg", { role: "group" }), tip: document.createElement("div"), data };
  line.tip.className = "tip";
  const tools = document.createElement("div");
  tools.className = "tools";
  for (const [sign, label, act] of [
    ["+", data.texts.larger, () => zoom(line, 0.6)],
    ["−", data.texts.smaller, () => zoom(line, 1.7)],
    ["⤢", data.texts.whole, () => { line.from = line.data.first; line.to = line.data.last; draw(line); }],
  ]) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.title = label;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    tools.append(made);
  }
  frame.append(line.svg, tools, line.tip);
  root.replaceChildren(frame);
  listen(line);
  return line;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".rawabit-timeline");
  root.dir = data.rtl ? "rtl" : "ltr";
  if (!drawn.has(root)) drawn.set(root, create(root, data));
  const line = drawn.get(root);
  line.send = setTriggerValue;
  line.data = data;
  line.svg.setAttribute("aria-label", data.texts.label);
  const signature = JSON.stringify([data.first, data.last, data.from, data.events.length]);
  if (line.signature !== signature) { line.from = data.from; line.to = data.last; limit(line); }
  line.signature = signature;
  draw(line);
}
