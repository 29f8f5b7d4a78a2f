import { css } from 'lit';

/** Where the parts of the image editor are. */
export const editorStyles = css`
  :host {
    display: grid;
    grid-template: auto auto minmax(0, 1fr) auto / minmax(0, 1fr);
    height: 100vh;
    position: relative;
  }
  atelier-view-toolbar {
    grid-area: 1 / 1;
  }
  atelier-regions-bar {
    grid-area: 2 / 1;
  }
  atelier-comparison {
    grid-area: 3 / 1;
  }
  .problem {
    align-self: center;
    grid-area: 3 / 1;
    justify-self: center;
    max-width: min(560px, calc(100% - 32px));
  }
  .notice {
    align-self: start;
    grid-area: 3 / 1;
    justify-self: center;
    margin-top: 12px;
    max-width: min(560px, calc(100% - 32px));
    z-index: 1;
  }
  atelier-style-bar {
    grid-area: 4 / 1;
  }
`;
