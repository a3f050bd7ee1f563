// A combobox (ARIA pattern): what is typed goes to Python, which sends the suggestions back.
const known = new WeakMap();

function option(box, hit, position) {
  const item = document.createElement("li");
  item.id = `hit-${position}`;
  item.role = "option";
  item.dataset.node = hit.node;
  const name = document.createElement("bdi");
  name.textContent = hit.name;
  const kind = document.createElement("small");
  kind.textContent = hit.kind;
  item.append(name, kind);
  if (box.several) {
    const more = document.createElement("button");
    more.type = "button";
    more.tabIndex = -1;
    more.textContent = "+";
    more.title = box.more;
    more.setAttribute("aria-label", `${box.more}: ${hit.name}`);
    more.addEventListener("mousedown", (event) => {
      event.preventDefault();
      event.stopPropagation();
      pick(box, hit, "add");
    });
    item.append(more);
  }
  item.addEventListener("mousedown", (event) => {
    event.preventDefault();
    pick(box, hit);
  });
  return item;
}

function pick(box, hit, how = "pick") {
  box.input.value = "";
  box.typed = "";
  box.list.hidden = true;
  box.input.setAttribute("aria-expanded", "false");
  box.send(how, hit.node, true);
  box.send("query", "", false);
}

function mark(box, position) {
  box.at = position;
  [...box.list.children].forEach((item, i) => item.setAttribute("aria-selected", i === position));
  const item = box.list.children[position];
  box.input.setAttribute("aria-activedescendant", item?.id ?? "");
  item?.scrollIntoView({ block: "nearest" });
}

function show(box, data) {
  const current = box.typed !== "" && data.query === box.typed;
  box.hits = current ? data.hits : [];
  const items = box.hits.map((hit, i) => option(box, hit, i));
  if (current && items.length === 0) {
    const none = document.createElement("li");
    none.className = "none";
    none.textContent = data.none;
    items.push(none);
  }
  box.list.replaceChildren(...items);
  box.list.hidden = items.length === 0;
  box.input.setAttribute("aria-expanded", String(items.length > 0));
  mark(box, box.hits.length ? 0 : -1);
}

function keys(box, event) {
  const last = box.hits.length - 1;
  if (event.key === "ArrowDown") mark(box, Math.min(box.at + 1, last));
  else if (event.key === "ArrowUp") mark(box, Math.max(box.at - 1, 0));
  else if (event.key === "Escape") box.list.hidden = true;
  else if (event.key === "Enter" && box.hits[box.at])
    pick(box, box.hits[box.at], event.shiftKey && box.several ? "add" : "pick");
  else return;
  event.preventDefault();
}

function create(root) {
  const box = { input: root.querySelector("input"), list: root.querySelector("ul"), typed: "", hits: [], at: -1 };
  let waiting = null;
  box.input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      box.typed = box.input.value.trim();
      box.send("query", box.typed, false);
      if (!box.typed) show(box, { query: "", hits: [] });
    }, 140);
  });
  box.input.addEventListener("keydown", (event) => keys(box, event));
  box.input.addEventListener("blur", () => (box.list.hidden = true));
  box.input.addEventListener("focus", () => (box.list.hidden = box.list.children.length === 0));
  return box;
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".rawabit-search");
  if (!known.has(root)) known.set(root, create(root));
  const box = known.get(root);
  box.send = (name, value, trigger) =>
    trigger ? setTriggerValue(name, value) : setStateValue(name, value);
  box.several = data.several;
  box.more = data.more;
  root.dir = data.rtl ? "rtl" : "ltr";
  box.input.placeholder = data.placeholder;
  box.input.setAttribute("aria-label", data.label);
  show(box, data);
}
