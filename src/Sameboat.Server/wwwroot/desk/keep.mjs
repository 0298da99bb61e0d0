// Keeps an open form in this browser until it is sent, and offers it back. The page works without this file.

const lead = 'sameboat.form.';
const sent = new URLSearchParams(location.search).get('sent');
const form = document.querySelector('form[data-keep]');

// What was sent is kept no longer.
if (sent) {
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(lead))) {
    if (read(name)?.key === sent) localStorage.removeItem(name);
  }
}

if (form) {
  const name = lead + form.dataset.keep;
  const kept = read(name);
  const typed = () => [...form.elements].filter((one) => one.name && one.type !== 'hidden' && one.type !== 'submit');
  const values = () => typed().map((one) => [one.name, one.type === 'checkbox' ? one.checked : one.value]);
  const shown = JSON.stringify(values());
  if (kept && JSON.stringify(kept.values) !== shown) offer(kept);

  let timer;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      localStorage.setItem(name, JSON.stringify({ key: form.elements.key.value, values: values() }));
    }, 300);
  });

  function offer(what) {
    const box = document.createElement('p');
    box.className = 'kept';
    box.setAttribute('role', 'status');
    box.append(form.dataset.offer, ' ');
    const button = (label, act) => {
      const one = document.createElement('button');
      one.type = 'button';
      one.textContent = label;
      one.addEventListener('click', () => { act(); box.remove(); form.querySelector('input:not([type=hidden])')?.focus(); });
      box.append(one, ' ');
    };
    button(form.dataset.take, () => {
      const held = new Map(what.values);
      for (const one of typed()) {
        if (!held.has(one.name)) continue;
        if (one.type === 'checkbox') one.checked = held.get(one.name);
        else one.value = held.get(one.name);
      }
    });
    button(form.dataset.drop, () => localStorage.removeItem(name));
    form.before(box);
  }
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}
