import { type Problem, type ProblemType, problemTypes } from '../http/problems/types.ts';
import type { Context } from './context.ts';
import { type Html, html } from './html.ts';
import { problemLinks } from './parts/problemLinks.ts';
import type { Page } from './types.ts';

/** The page of a request that has a problem, with ways on. */
export function problemPage(context: Context, problem: Problem): Page {
  const { title, explanation } = problemTypes[problem.type];
  const { errors, meantPath } = problem;
  return {
    title,
    description: explanation,
    crumbs: [{ name: 'Attest', path: '/' }],
    body: html`
      <h1>${title}</h1>
      <div class="error" role="alert">
        ${errors.length > 0 ? problemLinks(context, errors) : html`<p>${problem.message}</p>`}
        ${meantPath !== undefined && html`<p>Did you mean <a href=${context.href(meantPath)}>${meantPath}</a>?</p>`}
      </div>
      <p>Search above for what you are looking for, or go to the <a href=${context.plain('/')}>home page</a>.</p>
      <p class="note">
        The API answers this as the problem <a href=${context.plain(`/problems/${problem.type}`)}>${problem.type}</a>.
      </p>
    `,
  };
}

/** The page that explains a type of problem, or lists them all. */
export function problemTypePage(context: Context, type: ProblemType | null): Page {
  const all = Object.entries(problemTypes).sort(([, a], [, b]) => a.status - b.status);
  const crumbs = [{ name: 'Attest', path: '/' }];
  if (type === null) {
    return {
      title: 'Problems',
      description: 'What the errors of Attest mean, and what to do.',
      crumbs,
      body: html`
        <h1>Problems</h1>
        <p class="lead">
          Every error of the API is a problem (RFC 9457), as <code>application/problem+json</code>. Its type is one of:
        </p>
        <dl class="problems">
          ${all.map(
            ([name, { status, title, explanation }]) => html`
              <dt><a href=${context.plain(`/problems/${name}`)}>${title}</a> <span class="count">${status}</span></dt>
              <dd>${marked(explanation)}</dd>
            `,
          )}
        </dl>
      `,
    };
  }
  const { status, title, explanation } = problemTypes[type];
  return {
    title,
    description: explanation,
    crumbs: [...crumbs, { name: 'Problems', path: '/problems' }],
    body: html`
      <h1>${title}</h1>
      <p class="lead">${marked(explanation)}</p>
      <dl class="facts"><dt>Type</dt><dd><code>/problems/${type}</code></dd><dt>HTTP status</dt><dd>${status}</dd></dl>
      <p><a href=${context.plain('/problems')}>All problems</a></p>
    `,
  };
}

/** A text in which code is between backticks. */
function marked(text: string): Html {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}
