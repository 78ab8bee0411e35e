// The statement page: a claim from words that are selected in the text. The address holds their offsets, never a word.
"use strict";
(() => {
  const text = document.querySelector("[data-original]");
  const add = document.querySelector("[data-add]");
  if (!text || !add) return;

  // Offsets are counted in code points, as the archive counts them: emoji and old scripts are one each.
  const upTo = (node, offset) => {
    const range = document.createRange();
    range.setStart(text, 0);
    range.setEnd(node, offset);
    return [...range.toString()].length;
  };

  const selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    return [upTo(range.startContainer, range.startOffset), upTo(range.endContainer, range.endOffset)];
  };

  const plain = add.href;
  add.addEventListener("mousedown", (event) => event.preventDefault()); // a click keeps what is selected
  document.addEventListener("selectionchange", () => {
    const at = selected();
    add.href = at ? `${plain}?start=${at[0]}&end=${at[1]}` : plain;
  });
})();
