import { intervals } from '../../domain/intervals.ts';
import type { Problem } from '../../http/problems/types.ts';
import { getTimeline } from '../../resources/timeline/queries.ts';
import { timelineQuery } from '../../resources/timeline/schema.ts';
import { ribbon, spell } from '../charts/ribbon.ts';
import type { Context } from '../context.ts';
import { type Html, html, joined } from '../html.ts';
import { DAYS, WORDS } from '../list.ts';
import type { PageRoute } from '../page.ts';
import { chips, type Field, nothingFound } from '../parts/filters.ts';
import { plainWord } from '../parts/links.ts';
import type { Page } from '../types.ts';
import { ACTOR, CRUMBS, refusal, TOPIC, withFilters } from './filters.ts';

const byNothing = ['', 'nothing'] as const;

const TIMELINE_FIELDS: readonly Field[] = [
  {
    name: 'of',
    label: 'Count',
    choices: [
      ['events', 'events'],
      ['statements', 'statements'],
    ],
  },
  {
    name: 'interval',
    label: 'By',
    choices: [
      ['month', 'month'],
      ...intervals.filter((each) => each !== 'month').map((each) => [each, each] as const),
    ],
  },
  {
    name: 'by',
    label: 'Split by',
    choices: [
      byNothing,
      ...(['type', 'status', 'actor', 'topic', 'source', 'country'] as const).map(
        (each) => [each, each] as const,
      ),
    ],
  },
  WORDS,
  ACTOR,
  TOPIC,
  ...DAYS,
];

/** How events or statements are spread over time. */
export const timelinePage: PageRoute<typeof timelineQuery> = {
  path: '/timeline',
  query: timelineQuery,
  async render(context, query) {
    const counts = await getTimeline(context.store.workers, query);
    const { of, interval, by, items, groups = [], total, undated, truncated } = counts;
    const names = new Map(groups.map((group) => [group.id, group.name ?? plainWord(group.id ?? 'none')]));
    const most = Math.max(1, ...items.map(({ count }) => count));
    return timelineOf(
      context,
      html`
        ${chips(context, {}, {})}
        <p class="showing" role="status">
          ${total.toLocaleString('en')} ${of}${undated > 0 && html`, ${undated} of them with a date that is open at an end`}
          ${truncated.intervals && html`; only the latest intervals are shown`}
        </p>
        ${items.length === 0 && nothingFound(context, {})}
        ${of === 'events' && (await ribbon(context, query, interval))}
        ${
          groups.length > 0 &&
          html`<p class="note">Largest: ${joined(groups.slice(0, 8).map(({ id, count }) => `${names.get(id)} (${count})`))}</p>`
        }
        <section class="scrolls" tabindex="0" aria-label="Counts">
          <table class="timeline">
            <thead>
              <tr><th scope="col">${plainWord(interval)}</th><th scope="col" class="number">${of}</th><th scope="col">${by ? `by ${by}` : 'share'}</th></tr>
            </thead>
            <tbody>
              ${items.toReversed().map(
                ({ from, to, count, groups: shares = [] }) => html`
                  <tr>
                    <th scope="row"><a href=${context.href(`/${of}`, { from, to })}>${spell(from, interval)}</a></th>
                    <td class="number">${count}</td>
                    <td>
                      ${
                        by
                          ? joined(
                              shares
                                .slice(0, 6)
                                .map(
                                  (share) =>
                                    `${names.get(share.id) ?? plainWord(share.id ?? 'none')} ${share.count}`,
                                ),
                            )
                          : html`<meter min="0" max=${most} value=${count}>${count}</meter>`
                      }
                    </td>
                  </tr>
                `,
              )}
            </tbody>
          </table>
        </section>
      `,
    );
  },
  refused: (context, problem) => timelineOf(context, refusal(context, problem, TIMELINE_FIELDS), problem),
};

function timelineOf(context: Context, results: Html, problem?: Problem): Page {
  return {
    title: 'Timeline',
    description: 'How many events or statements there are over time.',
    crumbs: CRUMBS,
    ...(problem
      ? {}
      : {
          data: {
            api: context.sameQuery('/v1/timeline', []),
            formats: [],
            operation: 'Analysis/getTimeline',
          },
        }),
    body: withFilters(
      context,
      'Timeline',
      'How many events or statements there are over time.',
      TIMELINE_FIELDS,
      results,
      problem,
    ),
  };
}
