"""What a browser can measure of a page; each gives the list of what is wrong."""

SIDEWAYS = """() => {
  const page = document.documentElement;
  return page.scrollWidth > page.clientWidth ? [page.scrollWidth - page.clientWidth] : [];
}"""

# Boxes that hide a part of what is in them, other than those made to scroll.
CUT = """() => [...document.querySelectorAll("main *, header *, footer *")].filter((e) => {
  const style = getComputedStyle(e);
  const scrolls = e.matches("input, textarea, select, audio, progress, svg, .table-wrap");
  if (scrolls || style.clipPath !== "none" || style.overflow === "visible") return false;
  if (!e.checkVisibility()) return false;
  return e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
}).map((e) => e.outerHTML.slice(0, 90))"""
WHOLE = (SIDEWAYS, CUT)

# Everything that can be pressed and is smaller than 44 by 44 pixels; a label counts for its box.
PRESSED = "a, button, input, select, textarea, summary, audio"
TARGETS = f"""() => [...document.querySelectorAll("{PRESSED}")]
  .filter((e) => e.type !== "hidden" && e.checkVisibility() && !e.matches(".skip"))
  .map((e) => [e, (e.matches("[type=radio], [type=checkbox]") && e.closest("label")) || e])
  .map(([e, target]) => [e, target.getBoundingClientRect()])
  .filter(([, box]) => box.width < 43.9 || box.height < 43.9)
  .map(([e, box]) => `${{e.outerHTML.slice(0, 90)}} ${{box.width}} x ${{box.height}}`)"""

# Words of a choice that go on in the next line.
BROKEN_WORDS = """() => {
  const found = [];
  for (const e of document.querySelectorAll(".choice span")) {
    if (!e.checkVisibility() || getComputedStyle(e).clipPath !== "none") continue;
    const texts = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const match of texts.currentNode.data.matchAll(/\\S+/g)) {
        const range = new Range();
        range.setStart(texts.currentNode, match.index);
        range.setEnd(texts.currentNode, match.index + match[0].length);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        if (lines.size > 1) found.push(match[0]);
      }
    }
  }
  return found;
}"""

# What should say something and is empty.
SAYS = "h1, h2, label, legend, button, a, summary, dt, dd, option"
BLANK = f"""() => [...document.querySelectorAll("{SAYS}")]
  .filter((e) => e.checkVisibility() || e.matches("option"))
  .filter((e) => !e.textContent.trim() && !e.ariaLabel && !e.querySelector("img"))
  .filter((e) => !(e.matches("option") && e.value === ""))
  .map((e) => e.outerHTML.slice(0, 90))"""

# Lines of text that lie upon one another.
OVERLAPPING = """() => {
  const lines = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    const style = getComputedStyle(parentElement);
    if (!data.trim() || !parentElement.checkVisibility() || style.clipPath !== "none") continue;
    if (parentElement.closest(".skip, .visually-hidden, option")) continue;
    const range = new Range();
    range.selectNodeContents(texts.currentNode);
    for (const box of range.getClientRects()) lines.push([texts.currentNode, box, style]);
  }
  const found = [];
  lines.forEach(([one, a], at) => lines.slice(at + 1).forEach(([other, b]) => {
    if (one === other) return;
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    const least = Math.min(a.height, b.height) / 3;
    if (wide > 2 && high > least) found.push(`${one.data} | ${other.data}`);
  }));
  return found;
}"""

# Every line of text a reader sees, names aside.
TEXTS = """() => {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    if (!parentElement.closest(".languages, bdi, script, noscript")) found.push(data.trim());
  }
  return found.filter((text) => text);
}"""
