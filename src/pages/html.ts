import { html as build } from 'htm/preact';
import { type ComponentChildren, h, type VNode } from 'preact';
import { render } from 'preact-render-to-string';

/** A part of a page. Texts in it are escaped when the page is written. */
export type Html = ComponentChildren;

/** The tag of templates: `` html`<p>${text}</p>` ``. What is filled in is text or another part, never markup. */
export function html(strings: TemplateStringsArray, ...values: unknown[]): VNode | VNode[] {
  return build(strings, ...values);
}

/** A part as text. */
export function toText(part: Html): string {
  return render(h('x', null, part)).slice('<x>'.length, -'</x>'.length);
}

/** A block of data for programs that read the page; browsers do not run it. */
export function dataBlock(type: string, data: unknown): Html {
  // A `<` could begin the end of the block.
  const text = JSON.stringify(data).replaceAll('<', '\\u003c');
  return h('script', { type, dangerouslySetInnerHTML: { __html: text } });
}

/** Parts of a sentence, with something between two of them. */
export function joined(parts: readonly Html[], between: Html = ', '): Html[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [between, part]));
}
