/** The version of Atelier. */
export { version } from '../../package.json';
