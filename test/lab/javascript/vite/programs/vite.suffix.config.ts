import { defineConfig } from 'vite';

export default defineConfig({
  server: {
    cors: { origin: /example\.com$/, credentials: true },
  },
});
