import { css } from 'lit';

/**
 * The header of a panel: `.pictures` of what it is made from, `.names`, the `.phase` with its `.dot`, and `.tools`. A
 * phase is `busy`, `waiting`, `good` or `bad`. In a narrow panel the phase and the tools get a line of their own.
 */
export const header = css`
  :host {
    align-items: center;
    border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    column-gap: 12px;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto auto;
    min-height: 52px;
    padding: 7px 12px;
    row-gap: 2px;
  }
  .pictures {
    align-items: center;
    display: flex;
    gap: 5px;
  }
  atelier-thumbnail {
    width: 36px;
  }
  .names {
    min-width: 0;
  }
  .facts {
    font-size: 0.92em;
  }
  .phase {
    align-items: center;
    display: flex;
    gap: 6px;
    white-space: nowrap;
  }
  .dot {
    background: var(--colour);
    border-radius: 50%;
    flex: none;
    height: 8px;
    width: 8px;
  }
  .busy {
    --colour: var(--vscode-progressBar-background, var(--vscode-charts-blue));
  }
  .waiting {
    --colour: var(--vscode-charts-yellow);
  }
  .good {
    --colour: var(--vscode-charts-green);
  }
  .bad {
    --colour: var(--vscode-charts-red);
  }
  @media (max-width: 560px) {
    :host {
      grid-template-columns: auto minmax(0, 1fr) auto;
    }
    .names {
      grid-column: 2 / -1;
    }
    .phase {
      grid-column: 1 / 3;
    }
  }
`;
