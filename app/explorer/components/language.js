// Tells browsers, readers and printers which language the page is in, and how it runs.
export default function ({ data }) {
  document.documentElement.lang = data.lang;
  document.documentElement.dir = data.rtl ? "rtl" : "ltr";
}
