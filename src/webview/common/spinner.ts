import { css, html, type TemplateResult } from 'lit';

/**
 * The look of `spinner`; it holds still where motion is unwelcome. Ten pictures a turn: one that moves with every frame
 * of the screen has the window drawn all the time, and without a graphics card by the processors that paint.
 */
export const spinnerStyles = css`
  .spinner {
    animation: spin 1.2s steps(10) infinite;
    border: 2px solid var(--vscode-progressBar-background, var(--vscode-button-background));
    border-radius: 50%;
    border-top-color: transparent;
    display: block;
    flex: none;
    height: 16px;
    width: 16px;
  }
  @keyframes spin {
    to {
      transform: rotate(1turn);
    }
  }
`;

/** A ring that turns while something of unknown length goes on. @param label what goes on, for screen readers */
export function spinner(label: string): TemplateResult {
  return html`<span class="spinner" role="progressbar" aria-label=${label}></span>`;
}
