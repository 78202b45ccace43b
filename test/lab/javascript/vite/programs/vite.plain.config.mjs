/** @type {import('vite').UserConfig} */
export default {
  base: '/',
  server: { cors: true },
};
