/** The version of this package, from its manifest. */
import manifest from '../../../package.json';

export const { version } = manifest;
