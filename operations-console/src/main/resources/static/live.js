// A part of a page that says hx-trigger="live" is fetched anew when the console says that what it shows has changed: over one stream, for
// as long as somebody looks. Where no stream comes through it is fetched four times a minute. And as a part that comes no more would look
// as if it were so now, it is then said since when nothing has come.
'use strict';
(() => {
  const LIVE = '[hx-trigger="live"]';
  // The console says something every ten seconds (LiveSettings): a stream that is silent for longer is broken, and then also the page is old.
  const SILENT = 15_000;
  const OLD = 20_000;
  // After a request that has failed.
  const PAUSE = 5_000;

  let stream = null;
  // What it is about, whether it speaks, and when it has spoken last and was opened last.
  let about = null;
  let speaks = false;
  let heard = 0;
  let opened = 0;
  // Whether the part is to be fetched, from when on it may be, and when it came last.
  let changed = false;
  let notBefore = 0;
  let came = Date.now();

  const clock = () => `${new Date().toISOString().slice(11, 19)} UTC`;
  let last = clock();
  const notice = () => document.getElementById('not-up-to-date');
  const sayOld = () => {
    if (!notice()) {
      const bar = document.createElement('p');
      bar.id = 'not-up-to-date';
      bar.className = 'notice bad';
      bar.setAttribute('role', 'alert');
      bar.textContent = `Not up to date since ${last}: the console does not answer. It is asked again.`;
      document.getElementById('content').prepend(bar);
    }
  };

  // A page in the background needs no stream: browsers have six connections to a server, for all of its pages together.
  const part = () => (document.hidden ? null : document.querySelector(LIVE));
  // What somebody is filling in stays theirs until they leave it; so does what they are pressing, or have marked to copy it.
  let pressed = false;
  const isMarked = (within, selection) => selection && !selection.isCollapsed && within.contains(selection.anchorNode);
  const isInUse = (within) => pressed || isMarked(within, document.getSelection())
    || within.querySelector('input:focus, select:focus, textarea:focus') !== null;
  // It may be what failed, and not what is shown: then nothing changes, and it would stand there for ever.
  const tellsOfTrouble = (within) => within.querySelector('.notice.bad') !== null;

  const fetchAnew = () => {
    const at = part();
    // One that is on its way may be older than the change, and one more behind it would be forgotten when that is exchanged.
    if (changed && at && Date.now() >= notBefore && !at.classList.contains('htmx-request') && !isInUse(at)) {
      changed = false;
      at.dispatchEvent(new Event('live'));
    }
  };

  const listen = (address) => {
    stream?.close();
    opened = Date.now();
    stream = new EventSource(`/live?about=${encodeURIComponent(address)}`);
    stream.addEventListener('changed', () => {
      speaks = true;
      heard = Date.now();
      changed = true;
      fetchAnew();
    });
    stream.addEventListener('same', () => {
      speaks = true;
      heard = Date.now();
      if (!changed && !notice()) {
        last = clock();
      }
    });
    // Broken off, or refused. The browser listens again by itself where it was broken off.
    stream.addEventListener('error', () => {
      if (speaks) {
        speaks = false;
        changed = true;
        fetchAnew();
      }
    });
  };

  const live = () => {
    const at = part();
    if (!at) {
      stream?.close();
      stream = null;
      about = null;
      return;
    }
    const now = Date.now();
    if (at.getAttribute('hx-get') !== about) {
      about = at.getAttribute('hx-get');
      heard = now;
      // If this is refused, the page may be as old as the last time that somebody looked at it.
      speaks = true;
      listen(about);
    } else if (now - Math.max(heard, opened) > SILENT) {
      speaks = false;
      changed = true;
      listen(about);
    }
    if (now - came > PAUSE && tellsOfTrouble(at)) {
      changed = true;
    }
    fetchAnew();
    if (now - Math.max(heard, came) > OLD) {
      sayOld();
    }
  };

  ['htmx:responseError', 'htmx:sendError', 'htmx:timeout'].forEach((gone) => document.addEventListener(gone, (event) => {
    const isPart = event.target.matches?.(LIVE);
    // What else cannot be fetched may be missing to a console that is well.
    if (isPart || gone !== 'htmx:responseError') {
      sayOld();
    }
    if (isPart) {
      changed = true;
      notBefore = Date.now() + PAUSE;
    }
  }));
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.target.matches(LIVE) && isInUse(event.detail.target)) {
      event.detail.shouldSwap = false;
      changed = true;
    }
  });
  document.addEventListener('htmx:afterSwap', (event) => {
    if (event.target.matches?.(LIVE) || !part()) {
      came = Date.now();
      last = clock();
      notice()?.remove();
    }
  });
  ['pointerdown', 'keydown'].forEach((begun) => document.addEventListener(begun, () => { pressed = true; }));
  ['pointerup', 'pointercancel', 'keyup', 'blur'].forEach((ended) => window.addEventListener(ended, () => { pressed = false; }));

  // What has not changed is not fetched, and grows older all the same. In the words of Spoken and Say.
  const born = new WeakMap();
  const duration = (s) => {
    const whole = (unit) => Math.trunc(s / unit);
    if (s < 60) {
      return `${s} s`;
    } else if (s < 3_600) {
      return `${whole(60)} min ${s % 60} s`;
    } else if (s < 86_400) {
      return `${whole(3_600)} h ${whole(60) % 60} min`;
    }
    return `${whole(86_400)} d ${whole(3_600) % 24} h`;
  };
  const ago = (s) => (s < 0 ? `in ${duration(-s)}` : s < 1 ? 'just now' : `${duration(s)} ago`);
  const age = () => document.querySelectorAll('[data-age]').forEach((each) => {
    const now = Date.now();
    if (!born.has(each)) {
      born.set(each, now - Number(each.dataset.age) * 1_000);
    }
    const words = ago(Math.trunc((now - born.get(each)) / 1_000));
    if (each.textContent !== words) {
      each.textContent = words;
    }
  });

  const tick = () => {
    live();
    if (!document.hidden) {
      age();
    }
  };
  document.addEventListener('visibilitychange', tick);
  setInterval(tick, 1_000);
  tick();
})();
