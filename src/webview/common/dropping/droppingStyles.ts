import { css } from 'lit';

/** What lies over a page while an image is dragged over it. */
export const dropping = css`
  .dropping {
    align-items: center;
    background: var(--vscode-editorGroup-dropBackground, var(--vscode-list-dropBackground));
    border: 2px dashed var(--vscode-focusBorder);
    color: var(--vscode-foreground);
    display: flex;
    font-size: 1.15em;
    inset: 0;
    justify-content: center;
    pointer-events: none;
    position: absolute;
    z-index: 10;
  }
`;
