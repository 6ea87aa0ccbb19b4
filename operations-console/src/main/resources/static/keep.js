// Parts of a page are exchanged for newer ones (live.js). Whoever is in such a part stays where they are: what they have
// opened stays open, what they have scrolled stays there, and so does the keyboard's focus.
'use strict';
(() => {
  const REACHED = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  // By the request that brings the newer part.
  const kept = new WeakMap();

  const nameOf = (element) => [element.tagName, element.getAttribute('href'), element.getAttribute('aria-label'),
    element.textContent.trim().slice(0, 80)].join(' ');
  const opened = (part) => [...part.querySelectorAll('details[id]')];
  const scrolled = (part) => [...part.querySelectorAll('.scroll')];

  document.addEventListener('htmx:beforeSwap', (event) => {
    const part = event.detail.target;
    const reached = [...part.querySelectorAll(REACHED)];
    const at = reached.indexOf(document.activeElement);
    kept.set(event.detail.xhr, {
      open: new Map(opened(part).map((each) => [each.id, each.open])),
      left: scrolled(part).map((each) => each.scrollLeft),
      at,
      name: at < 0 ? null : nameOf(reached[at]),
    });
  });

  // At once: no key is to be pressed in between.
  document.addEventListener('htmx:afterSwap', (event) => {
    const was = kept.get(event.detail.xhr);
    if (was && was.name !== null && document.activeElement === document.body) {
      const reached = [...event.target.querySelectorAll(REACHED)];
      const same = [reached[was.at], ...reached].find((each) => each && nameOf(each) === was.name);
      (same ?? reached[Math.min(was.at, reached.length - 1)])?.focus({ preventScroll: true });
    }
  });

  // Last, as htmx sets the newer part's own attributes when that has settled.
  document.addEventListener('htmx:afterSettle', (event) => {
    const was = kept.get(event.detail.xhr);
    if (was) {
      opened(event.target).filter((each) => was.open.has(each.id)).forEach((each) => { each.open = was.open.get(each.id); });
      scrolled(event.target).forEach((each, nth) => { each.scrollLeft = was.left[nth] ?? 0; });
    }
  });
})();
