// A SPARQL editor: a text area over its own text in colours, with completion of words we know.
const known = new WeakMap();
const STORE = "rawabit.queries";
const KEYWORDS =
  "SELECT ASK CONSTRUCT DESCRIBE WHERE DISTINCT REDUCED FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER BIND VALUES AS EXISTS NOT IN " +
  "GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET PREFIX BASE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES " +
  "DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER " +
  "YEAR MONTH DAY REGEX SUBSTR REPLACE COALESCE IF sameTerm isIRI isLiteral isNumeric STRDT STRLANG UNDEF true false";
const WORDS = new Set(KEYWORDS.toLowerCase().split(" "));
const TOKEN =
  /(#[^\n]*)|("""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)|(<[^\s<>"{}|^`\\]*>)|([?$][\w\u00b7-\uffff]+)|([A-Za-z][\w-]*)?:((?:[\w\u00b7-\uffff.\/\\%-]*[\w\u00b7-\uffff\/])?)|(\b\d+(?:\.\d+)?\b)|([A-Za-z_]\w*)/g;

function coloured(text) {
  const box = document.createDocumentFragment();
  let last = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, comment, string, iri, variable, , , number, word] = match;
    let kind = "p";
    if (comment) kind = "c";
    else if (string) kind = "s";
    else if (iri) kind = "i";
    else if (variable) kind = "v";
    else if (number) kind = "n";
    else if (word) kind = WORDS.has(word.toLowerCase()) || word === "a" ? "k" : "";
    if (!kind) continue;
    box.append(text.slice(last, match.index));
    const mark = document.createElement("span");
    mark.className = kind;
    mark.textContent = whole;
    box.append(mark);
    last = match.index + whole.length;
  }
  box.append(text.slice(last) + "\n");
  return box;
}

function paint(box) {
  const text = box.area.value;
  box.paper.replaceChildren(coloured(text));
  const count = text.split("\n").length;
  const lines = document.createDocumentFragment();
  for (let line = 1; line <= count; line++) {
    const mark = document.createElement(line === box.wrong ? "b" : "span");
    mark.textContent = line;
    lines.append(mark, "\n");
  }
  box.lines.replaceChildren(lines);
  follow(box);
}

function follow(box) {
  box.paper.scrollTop = box.area.scrollTop;
  box.paper.scrollLeft = box.area.scrollLeft;
  box.lines.scrollTop = box.area.scrollTop;
  box.paper.style.blockSize = `${box.area.clientHeight}px`;
  box.lines.style.blockSize = `${box.area.clientHeight}px`;
}

function started(box) {
  const before = box.area.value.slice(0, box.area.selectionStart);
  return /[?$]?[\w-]*:?[\w-]*$/.exec(before)[0];
}

function matching(box, word, asked) {
  if (!word && !asked) return [];
  const low = word.toLowerCase();
  const variables = new Set(box.area.value.match(/[?$]\w+/g) ?? []);
  variables.delete(word);
  const all = [
    ...[...variables].map((name) => ({ insert: name, label: "" })),
    ...box.terms,
    ...KEYWORDS.split(" ").map((name) => ({ insert: name, label: "" })),
  ];
  const rank = ({ insert, label }) => {
    const name = insert.toLowerCase();
    if (name.startsWith(low)) return 0;
    if (name.split(":")[1]?.startsWith(low)) return 1;
    if (low.length > 1 && label.toLowerCase().includes(low)) return 2;
    return low.length > 2 && name.includes(low) ? 3 : 9;
  };
  return all
    .map((term) => ({ ...term, rank: rank(term) }))
    .filter((term) => term.rank < 9 && term.insert !== word)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, 30);
}

function suggest(box, asked = false) {
  const word = started(box);
  box.found = word.length >= (asked ? 0 : 2) || /^[?$]/.test(word) ? matching(box, word, asked) : [];
  box.hints.hidden = box.found.length === 0;
  box.hints.replaceChildren(
    ...box.found.map((term, i) => {
      const item = document.createElement("li");
      item.role = "option";
      item.id = `hint-${i}`;
      const name = document.createElement("span");
      name.textContent = term.insert;
      const label = document.createElement("small");
      label.textContent = term.label;
      label.dir = "auto";
      item.append(name, label);
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        mark(box, i);
        complete(box);
      });
      return item;
    }),
  );
  mark(box, 0);
  if (!box.hints.hidden) beside(box);
}

function beside(box) {
  const lines = box.area.value.slice(0, box.area.selectionStart).split("\n");
  const height = parseFloat(getComputedStyle(box.area).lineHeight);
  const letter = box.letter ??= width();
  box.hints.style.insetBlockStart = `${Math.min(14 + lines.length * height - box.area.scrollTop, box.area.clientHeight)}px`;
  box.hints.style.insetInlineStart = `${Math.min(56 + lines.at(-1).length * letter - box.area.scrollLeft, box.area.clientWidth - 260)}px`;
}

function width() {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = '14px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace';
  return pen.measureText("m").width;
}

function mark(box, position) {
  box.at = position;
  [...box.hints.children].forEach((item, i) => item.setAttribute("aria-selected", i === position));
  box.hints.children[position]?.scrollIntoView({ block: "nearest" });
  box.area.setAttribute("aria-activedescendant", box.hints.hidden ? "" : `hint-${position}`);
}

function put(box, text, back = 0) {
  box.area.setSelectionRange(box.area.selectionStart - back, box.area.selectionEnd);
  document.execCommand("insertText", false, text); // keeps the browser's own undo
}

function complete(box) {
  const term = box.found[box.at];
  put(box, term.insert, started(box).length);
  box.hints.hidden = true;
}

function keys(box, event) {
  const open = !box.hints.hidden;
  const last = box.found.length - 1;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") box.run();
  else if (event.ctrlKey && event.key === " ") suggest(box, true);
  else if (open && event.key === "ArrowDown") mark(box, Math.min(box.at + 1, last));
  else if (open && event.key === "ArrowUp") mark(box, Math.max(box.at - 1, 0));
  else if (open && (event.key === "Enter" || event.key === "Tab")) complete(box);
  else if (open && event.key === "Escape") box.hints.hidden = true;
  else if (event.key === "Enter" && !event.shiftKey) {
    const line = box.area.value.slice(0, box.area.selectionStart).split("\n").at(-1);
    put(box, `\n${/^\s*/.exec(line)[0]}${/\{\s*$/.test(line) ? "  " : ""}`);
  } else return;
  event.preventDefault();
}

function create(root) {
  const of = (name) => root.querySelector(name);
  const box = { area: of("textarea"), paper: of(".field > pre"), lines: of(".lines"), hints: of(".hints"), found: [], at: 0 };
  let waiting = null;
  box.tell = () => {
    clearTimeout(waiting);
    box.said = box.area.value;
    box.send("query", box.said, false);
  };
  box.run = () => {
    clearTimeout(waiting);
    box.hints.hidden = true;
    box.said = box.area.value;
    box.send("run", box.said, true);
  };
  box.area.addEventListener("input", () => {
    box.wrong = 0;
    paint(box);
    suggest(box);
    clearTimeout(waiting);
    waiting = setTimeout(box.tell, 600);
  });
  box.area.addEventListener("scroll", () => follow(box));
  box.area.addEventListener("keydown", (event) => keys(box, event));
  box.area.addEventListener("blur", () => {
    box.hints.hidden = true;
    if (box.area.value !== box.said) box.tell();
  });
  new ResizeObserver(() => follow(box)).observe(box.area);
  return box;
}

function remembered() {
  try {
    const found = JSON.parse(localStorage.getItem(STORE) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one === "string").slice(0, 30) : [];
  } catch {
    return [];
  }
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".rawabit-editor");
  const first = !known.has(root);
  if (first) known.set(root, create(root));
  const box = known.get(root);
  box.send = (name, value, trigger) => (trigger ? setTriggerValue(name, value) : setStateValue(name, value));
  box.terms = data.terms;
  box.wrong = data.wrong;
  root.classList.toggle("dark", data.dark);
  box.area.setAttribute("aria-label", data.label);
  // What Python says counts, but not over what is being typed.
  if (first || (data.query !== box.said && data.mark !== box.marked)) {
    box.area.value = data.query;
    box.said = data.query;
  }
  box.marked = data.mark;
  if (data.history.length) {
    try {
      localStorage.setItem(STORE, JSON.stringify(data.history));
    } catch {} // a browser that keeps nothing
  } else if (first && remembered().length) setStateValue("past", remembered());
  paint(box);
}
