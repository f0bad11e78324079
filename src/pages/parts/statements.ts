import type { z } from 'zod';
import type { statement } from '../../resources/statements/schema.ts';
import type { Context } from '../context.ts';
import { type Html, html, joined } from '../html.ts';
import { sourcesOf } from './citations.ts';
import { shortDate, timeElement, when } from './dates.ts';
import { actorLink, eventLink, plainWord } from './links.ts';

export type Statement = z.infer<typeof statement>;

/** Statements in a list. */
export function statementRows(context: Context, statements: readonly Statement[]): Html {
  return html`<ol class="statements">${statements.map((each) => statementRow(context, each))}</ol>`;
}

/** A statement: who said it, what it says, and the words that matter where they are quoted. */
export function statementRow(context: Context, statement: Statement): Html {
  const { id, gist, form, medium, said, occasion, citations } = statement;
  const phrase = citations.find((each) => each.phrase !== null)?.phrase;
  return html`
    <li class="statement">
      <p class="speaker">${speaker(context, statement)}</p>
      <p class="gist"><a href=${context.href(`/statements/${id}`)}>${gist}</a></p>
      ${phrase && html`<p class="phrase"><q>${phrase}</q></p>`}
      <p class="meta">
        ${joined(
          [
            html`<span title=${when(said)}>${timeElement(said, shortDate(said))}</span>`,
            form === 'quote' ? 'quoted' : 'reported in other words',
            medium && plainWord(medium),
            occasion && html`at: ${eventLink(context, occasion)}`,
            sourcesOf(context, citations),
          ].filter((part) => part !== null && part !== ''),
          ' · ',
        )}
      </p>
    </li>
  `;
}

/** Who speaks, for whom, and who passes it on. */
export function speaker(context: Context, { speaker: who, onBehalfOf, relayedBy }: Statement): Html {
  return html`
    ${actorLink(context, who)}${onBehalfOf && html`, for ${actorLink(context, onBehalfOf)}`}${
      relayedBy && html` (as told by ${actorLink(context, relayedBy)})`
    }
  `;
}
