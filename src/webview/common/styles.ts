import { css } from 'lit';

/** What every component begins with: VS Code's font and colours, one focus ring, hidden texts for screen readers. */
export const base = css`
  :host {
    /* What is not filled of sliders; in high contrast only its outline shows. */
    --atelier-track: var(--vscode-scrollbarSlider-background, var(--vscode-widget-border));
    box-sizing: border-box;
    color: var(--vscode-foreground);
    display: block;
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size, 13px);
    line-height: 1.4;
  }
  :host-context(.vscode-high-contrast) {
    --atelier-track: transparent;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
    }
  }
  :host-context(.vscode-reduce-motion) * {
    animation: none !important;
  }
  .hidden-text {
    clip-path: inset(50%);
    height: 1px;
    overflow: hidden;
    position: absolute;
    white-space: nowrap;
    width: 1px;
  }
  .muted {
    color: var(--vscode-descriptionForeground);
  }
  .icon,
  .icon svg {
    display: block;
    flex: none;
    height: 16px;
    width: 16px;
  }
  .figures {
    font-variant-numeric: tabular-nums;
  }
  .clip {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;

/** Fields to type in: `.text`. */
export const field = css`
  .text {
    background: var(--vscode-input-background);
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
    border-radius: 3px;
    color: var(--vscode-input-foreground);
    font: inherit;
    height: 24px;
    margin: 0;
    min-width: 0;
    padding: 0 6px;
    width: 84px;
  }
  .text[aria-invalid='true'] {
    border-color: var(--vscode-inputValidation-errorBorder);
  }
`;

/** Native buttons in the look of VS Code's toolbars: `.tool`, in a row `.tools`. */
export const tools = css`
  .tools {
    align-items: center;
    display: flex;
    gap: 2px;
  }
  .tool {
    align-items: center;
    background: none;
    border: 1px solid transparent;
    border-radius: 5px;
    color: var(--vscode-icon-foreground);
    cursor: pointer;
    display: inline-flex;
    font: inherit;
    gap: 4px;
    height: 24px;
    justify-content: center;
    min-width: 24px;
    padding: 0 3px;
  }
  .tool:hover {
    background: var(--vscode-toolbar-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .tool:active {
    background: var(--vscode-toolbar-activeBackground, var(--vscode-toolbar-hoverBackground));
  }
  .tool[aria-pressed='true'],
  .tool[aria-checked='true'] {
    background: var(--vscode-inputOption-activeBackground);
    border-color: var(--vscode-inputOption-activeBorder);
    color: var(--vscode-inputOption-activeForeground);
  }
  .tool:disabled {
    cursor: default;
    opacity: 0.4;
    pointer-events: none;
  }
  .tool:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
`;
