export { keepRawBodies, rawBodyOf } from './raw-body.ts';
