import { css } from 'lit';
import { base, tools } from '../common/styles';

/** One row where there is room; three in a narrow group. */
export const styleBarStyles = [
  base,
  tools,
  css`
    :host {
      border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
      position: relative;
    }
    .bar {
      align-items: center;
      display: flex;
      flex-wrap: wrap;
      gap: 8px 16px;
      padding: 8px 10px;
    }
    .styles {
      align-items: center;
      display: flex;
      flex: 1 1 200px;
      gap: 10px;
      min-width: 0;
    }
    .picker {
      align-items: center;
      background: var(--vscode-dropdown-background);
      border: 1px solid var(--vscode-dropdown-border, var(--vscode-contrastBorder, transparent));
      border-radius: 4px;
      color: var(--vscode-dropdown-foreground);
      cursor: pointer;
      display: flex;
      flex: 0 1 auto;
      font: inherit;
      gap: 7px;
      height: 30px;
      max-width: 220px;
      min-width: 96px;
      padding: 0 6px 0 3px;
    }
    .picker:focus-visible {
      border-color: var(--vscode-focusBorder);
    }
    .picker atelier-thumbnail {
      width: 22px;
    }
    .picker .none {
      padding-left: 4px;
    }
    .field {
      align-items: center;
      display: flex;
      gap: 8px;
    }
    atelier-slider {
      width: 124px;
    }
    vscode-single-select {
      width: 116px;
    }
    .go {
      display: flex;
      flex: 0 1 auto;
      flex-wrap: wrap;
      gap: 8px 16px;
      justify-content: flex-end;
      margin-left: auto;
      min-width: 0;
    }
    .run {
      align-items: center;
      display: flex;
      gap: 8px;
      padding: 6px 10px 0;
    }
    .run .label {
      flex: 1;
    }
    .run .tool {
      padding: 0 8px;
    }
    .estimate {
      white-space: nowrap;
    }
    .warning {
      align-items: center;
      display: grid;
      gap: 2px 8px;
      grid-template-columns: 16px auto max-content;
      justify-content: start;
      padding: 6px 10px 0;
    }
    .warning > .icon {
      color: var(--vscode-editorWarning-foreground);
    }
    .warning .tool {
      color: var(--vscode-textLink-foreground);
      padding: 0 8px;
    }
    .progress {
      background: var(--vscode-progressBar-background, var(--vscode-button-background));
      height: 2px;
      left: 0;
      position: absolute;
      right: 0;
      top: -1px;
      transform: scaleX(var(--done, 0));
      transform-origin: left;
    }
    .progress.unknown {
      animation: wait 2s ease-in-out infinite;
      transform: scaleX(1);
    }
    @keyframes wait {
      50% {
        opacity: 0.2;
      }
    }
    @media (max-width: 619px) {
      .warning {
        grid-template-columns: 16px minmax(0, 1fr);
      }
      .warning .tool {
        grid-column: 2;
        justify-self: start;
        margin-left: -8px;
      }
      .styles {
        flex-basis: 100%;
      }
      .go {
        flex: 1;
        flex-wrap: wrap;
        gap: 8px 12px;
        margin: 0;
      }
      .field:first-child {
        flex: 1 1 100%;
      }
      atelier-slider {
        flex: 1;
      }
      vscode-button {
        margin-left: auto;
      }
    }
  `,
];
