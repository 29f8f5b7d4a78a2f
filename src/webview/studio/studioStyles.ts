import { css } from 'lit';
import { dropping } from '../common/dropping/droppingStyles';
import { base } from '../common/styles';

/**
 * Wide: the painting takes what the details leave. Narrow: painting above, details below. Low and narrow: the page
 * scrolls, and the painting keeps a useful height.
 */
export const studioStyles = [
  base,
  dropping,
  css`
    :host {
      display: grid;
      grid-template-areas: 'header header' 'main aside';
      grid-template-columns: minmax(0, 1fr) minmax(320px, 30%);
      grid-template-rows: max-content minmax(min-content, 1fr);
      height: 100vh;
      overflow: hidden auto;
      position: relative;
    }
    atelier-run-header {
      grid-area: header;
    }
    main {
      display: flex;
      flex-direction: column;
      grid-area: main;
      min-height: 0;
      min-width: 0;
    }
    atelier-problem {
      flex: none;
      margin: 12px 12px 0;
    }
    atelier-stage {
      flex: 1;
      margin: 12px 12px 6px;
      min-height: 160px;
    }
    atelier-transport {
      flex: none;
    }
    /* It scrolls by itself and takes no part in how high the page is. */
    aside {
      contain: size;
      border-left: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
      display: grid;
      grid-area: aside;
      grid-template: minmax(0, 1fr) / minmax(0, 1fr);
      min-height: 0;
      min-width: 0;
    }
    @media (max-width: 639px), (max-width: 859px) and (min-height: 620px) {
      :host {
        grid-template-areas: 'header' 'main' 'aside';
        grid-template-columns: minmax(0, 1fr);
        grid-template-rows: max-content minmax(min-content, 1fr) minmax(200px, 35%);
      }
      aside {
        border-left: none;
        border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
      }
    }
    @media (max-width: 639px) and (max-height: 559px) {
      :host {
        display: block;
      }
      aside {
        contain: none;
      }
      atelier-stage {
        height: max(180px, 56vh);
      }
    }
    .empty {
      align-content: center;
      display: grid;
      gap: 6px;
      grid-area: 1 / 1 / -1 / -1;
      justify-items: center;
      padding: 24px;
      text-align: center;
    }
    .empty .icon,
    .empty .icon svg {
      color: var(--vscode-descriptionForeground);
      height: 40px;
      width: 40px;
    }
    h2 {
      font-size: 1.15em;
      font-weight: 600;
      margin: 8px 0 0;
    }
    p {
      margin: 0 0 12px;
      max-width: 36em;
    }
  `,
];
