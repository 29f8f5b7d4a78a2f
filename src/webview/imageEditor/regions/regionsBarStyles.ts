import { css, unsafeCSS } from 'lit';
import { base, tools } from '../../common/styles';
import { REGION_COLORS } from './tint';

const colors = REGION_COLORS.map(
  ([red, green, blue], index) => `.color-${index} { background: rgb(${red} ${green} ${blue}); }`,
);

/** Two rows where there is room. */
export const regionsBarStyles = [
  base,
  tools,
  css`
    :host {
      border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
      padding: 4px 10px;
    }
    .row {
      align-items: center;
      display: flex;
      flex-wrap: wrap;
      gap: 4px 14px;
      min-height: 28px;
    }
    .field {
      align-items: center;
      display: flex;
      gap: 8px;
    }
    .field atelier-slider {
      width: 96px;
    }
    .list {
      flex-wrap: wrap;
    }
    .region {
      gap: 6px;
      max-width: 180px;
      padding: 0 7px;
    }
    .color {
      border: 1px solid var(--vscode-contrastBorder, transparent);
      border-radius: 50%;
      flex: none;
      height: 12px;
      width: 12px;
    }
    ${unsafeCSS(colors.join('\n'))}
  `,
];
