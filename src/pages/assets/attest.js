// Makes the pages quicker; every page works without it.

const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

// Filters apply as soon as they are chosen. Fields that still have their default stay out of the URL.
for (const form of $$('form[data-filters]')) {
  form.addEventListener('formdata', ({ formData }) => {
    for (const field of $$('input, select', form)) {
      if (field.type !== 'checkbox' && (field.value === '' || field.value === field.dataset.preset))
        formData.delete(field.name);
    }
  });
}
for (const field of $$('[data-submits]')) {
  field.addEventListener('change', () => field.form.requestSubmit());
}

// Copying needs a script, so its buttons appear with it.
for (const button of $$('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
  });
}

// `/` goes to the search, `j` and `k` to the next and the last record of a list.
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea'))
    return;
  if (event.key === '/') {
    event.preventDefault();
    document.querySelector('input[type="search"]')?.focus();
  }
  if (event.key === 'j' || event.key === 'k') {
    const links = $$('main :is(.spine, .statements, .claims, .rows) > li :is(h3, .gist) > a');
    const at = links.indexOf(document.activeElement);
    const next = at === -1 ? (event.key === 'j' ? 0 : links.length - 1) : at + (event.key === 'j' ? 1 : -1);
    links[next]?.focus();
  }
});

// Suggestions below a search field, grouped by kind.
const PATHS = {
  event: 'events',
  statement: 'statements',
  claim: 'claims',
  actor: 'actors',
  topic: 'topics',
  source: 'sources',
};

for (const input of $$('[data-suggest]')) suggest(input);

function suggest(input) {
  const list = document.createElement('ul');
  list.id = `${input.id}-suggestions`;
  list.className = 'suggestions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Suggestions');
  list.hidden = true;
  input.after(list);
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-expanded', 'false');
  let asked;
  let timer;

  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const choose = (option) => {
    for (const each of $$('[role="option"]', list))
      each.setAttribute('aria-selected', String(each === option));
    if (option) input.setAttribute('aria-activedescendant', option.id);
    option?.scrollIntoView({ block: 'nearest' });
  };

  async function ask() {
    const text = input.value.trim();
    asked?.abort();
    if (text.length < 2) return close();
    asked = new AbortController();
    const words = /["*\s-]$/.test(text) ? text : `${text}*`;
    const url = `${input.dataset.suggest}?${new URLSearchParams({ q: words, limit: '12' })}`;
    try {
      const response = await fetch(url, { signal: asked.signal });
      show(response.ok ? (await response.json()).items : []);
    } catch (error) {
      if (error.name !== 'AbortError') close();
    }
  }

  function show(items) {
    list.replaceChildren();
    const kinds = [...new Set(items.map(({ kind }) => kind))];
    for (const kind of kinds) {
      const head = document.createElement('li');
      head.setAttribute('role', 'presentation');
      head.textContent = PATHS[kind];
      list.append(head);
      for (const item of items.filter((each) => each.kind === kind)) {
        const option = document.createElement('li');
        option.id = `${list.id}-${list.children.length}`;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        option.dataset.href = `${input.dataset.base}/${PATHS[kind]}/${encodeURIComponent(item.id)}`;
        option.textContent = item.title;
        option.addEventListener('mousedown', (event) => event.preventDefault());
        option.addEventListener('click', () => location.assign(option.dataset.href));
        list.append(option);
      }
    }
    list.hidden = items.length === 0;
    input.setAttribute('aria-expanded', String(items.length > 0));
  }

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') return close();
    const options = $$('[role="option"]', list);
    if (list.hidden || options.length === 0) return;
    const at = options.findIndex((each) => each.getAttribute('aria-selected') === 'true');
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const to = event.key === 'ArrowDown' ? at + 1 : at - 1;
      choose(options[(to + options.length) % options.length]);
    } else if (event.key === 'Enter' && at !== -1) {
      event.preventDefault();
      location.assign(options[at].dataset.href);
    }
  });
}
