import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';

// Links to the pages of records, by what records are known by.

export function actorLink(context: Context, { id, name }: { id: string; name: string }): Html {
  return html`<a class="actor" href=${context.href(`/actors/${id}`)}>${name}</a>`;
}

export function topicLink(context: Context, { id, label }: { id: string; label: string }): Html {
  return html`<a class="topic" href=${context.href(`/topics/${id}`)}>${label}</a>`;
}

export function eventLink(context: Context, { id, title }: { id: string; title: string }): Html {
  return html`<a href=${context.href(`/events/${id}`)}>${title}</a>`;
}

export function statementLink(context: Context, { id, gist }: { id: string; gist: string }): Html {
  return html`<a href=${context.href(`/statements/${id}`)}>${gist}</a>`;
}

export function claimLink(context: Context, { id, proposition }: { id: string; proposition: string }): Html {
  return html`<a href=${context.href(`/claims/${id}`)}>${proposition}</a>`;
}

export function sourceLink(context: Context, { id, title }: { id: string; title: string }): Html {
  return html`<a class="source" href=${context.href(`/sources/${id}`)}>${title}</a>`;
}

export function datasetLink(context: Context, { id, title }: { id: string; title: string }): Html {
  return html`<a href=${context.href(`/datasets/${id}`)}>${title}</a>`;
}

/** A word of a vocabulary as a reader writes it: `single-source` is "single source", `partOf` is "part of". */
export function plainWord(word: string): string {
  if (/^[A-Z]+$/.test(word)) return word.toLowerCase();
  return word.replaceAll('-', ' ').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** The same with a capital at its beginning. */
export function capitalWord(word: string): string {
  const plain = plainWord(word);
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
