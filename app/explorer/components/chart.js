// What the map and the timeline share; put before each of them.
const SVG = "http://www.w3.org/2000/svg";
const drawn = new WeakMap();

function element(name, attributes = {}, parent = null) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent?.append(made);
  return made;
}

function division(name) {
  const made = document.createElement("div");
  made.className = name;
  return made;
}

// A drawing in its frame: the picture, buttons [sign, label, act], and a line that tells of marks.
function framed(root, buttons) {
  const drawing = { svg: element("svg", { role: "group" }), tip: division("tip") };
  const frame = division("frame"), tools = division("tools");
  for (const [sign, label, act] of buttons) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.title = label;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", () => act(drawing));
    tools.append(made);
  }
  frame.append(drawing.svg, tools, drawing.tip);
  root.replaceChildren(frame);
  return drawing;
}

// A mark tells what it is when it is pointed at, and acts when it is clicked or entered.
function alive(mark, drawing, told, act) {
  const tell = () => (drawing.tip.textContent = told);
  mark.addEventListener("pointerenter", tell);
  mark.addEventListener("focus", tell);
  mark.addEventListener("pointerleave", () => (drawing.tip.textContent = ""));
  mark.addEventListener("click", act);
  mark.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  });
  return mark;
}

// Dragging from where the pointer went down: `hold` what is dragged, `drag` it by so many pixels.
function dragged(svg, hold, drag) {
  let from = null;
  svg.addEventListener("pointerdown", (event) => {
    from = { x: event.clientX, y: event.clientY, held: hold() };
  });
  svg.addEventListener("pointermove", (event) => {
    if (from && event.buttons) drag(from.held, event.clientX - from.x, event.clientY - from.y);
  });
  svg.addEventListener("pointerup", () => (from = null));
}

function wheeled(svg, turn) {
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    turn(event.deltaY > 0 ? 1.25 : 0.8, event);
  }, { passive: false });
}

// The component: made once in its holder, drawn anew with each data.
function component(holder, create, update) {
  return ({ data, parentElement, setTriggerValue }) => {
    const root = parentElement.querySelector(holder);
    root.dir = data.rtl ? "rtl" : "ltr";
    if (!drawn.has(root)) drawn.set(root, create(root, data));
    const drawing = drawn.get(root);
    drawing.send = setTriggerValue;
    drawing.svg.setAttribute("aria-label", data.texts.label);
    update(drawing, data);
  };
}
