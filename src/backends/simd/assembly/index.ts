export { combine, dots } from './vectors';
export { addEnlarged, copy, multiply, reduce } from './pyramid';
