import type { z } from 'zod';
import type { actor } from '../../resources/actors/schema.ts';
import type { source } from '../../resources/sources/schema.ts';
import type { Context } from '../context.ts';
import { type Html, html, joined } from '../html.ts';
import { timeElement, when } from './dates.ts';
import { actorLink, plainWord, sourceLink } from './links.ts';

/** Actors in a list. */
export function actorRows(context: Context, actors: readonly z.infer<typeof actor>[]): Html {
  return html`
    <ul class="rows">
      ${actors.map(
        (each) => html`
          <li>
            <h3>${actorLink(context, each)}</h3>
            <p>${each.description}</p>
            <p class="meta">
              ${plainWord(each.kind)}${each.parent && html` · belongs to ${actorLink(context, each.parent)}`}
            </p>
          </li>
        `,
      )}
    </ul>
  `;
}

/** Sources in a list. */
export function sourceRows(context: Context, sources: readonly z.infer<typeof source>[]): Html {
  return html`
    <ul class="rows">
      ${sources.map((each) => {
        const authors = each.contributors.filter(({ role }) => role === 'author');
        return html`
          <li>
            <h3>${sourceLink(context, each)}</h3>
            <p class="meta">
              ${joined(
                [
                  timeElement(each.published, when(each.published)),
                  each.publisher ? actorLink(context, each.publisher) : 'publisher not named',
                  authors.length > 0 &&
                    html`by ${joined(authors.map(({ actor: who }) => actorLink(context, who)))}`,
                  plainWord(each.kind),
                ].filter(Boolean),
                ' · ',
              )}
            </p>
          </li>
        `;
      })}
    </ul>
  `;
}
