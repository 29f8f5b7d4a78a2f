import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { icon } from '../icon';
import type { Picture } from '../../../protocol/page';
import { base } from '../styles';

/** A picture as a small square; an icon while there is none, or when it cannot be loaded. Whoever shows it names it. */
@customElement('atelier-thumbnail')
export class Thumbnail extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        aspect-ratio: 1;
        background: var(--vscode-editorWidget-background);
        border-radius: 3px;
        color: var(--vscode-descriptionForeground);
        flex: none;
        overflow: hidden;
      }
      img {
        display: block;
        height: 100%;
        object-fit: cover;
        width: 100%;
      }
      .none {
        display: grid;
        height: 100%;
        place-items: center;
      }
    `,
  ];

  @property({ attribute: false }) picture: Picture | undefined;
  @state() private broken = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('picture')) this.broken = false;
  }

  protected override render(): unknown {
    const uri = this.picture?.thumbnail ?? this.picture?.uri ?? '';
    if (uri === '' || this.broken) return html`<span class="none">${icon('file-media')}</span>`;
    return html`<img src=${uri} alt="" draggable="false" @error=${() => (this.broken = true)} />`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-thumbnail': Thumbnail;
  }
}
