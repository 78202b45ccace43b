import { defineConfig } from 'vite';

const config = defineConfig({
  server: { cors: { origin: true } },
});

export { config as default };
