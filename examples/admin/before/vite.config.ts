import { defineConfig } from 'vite';

export default defineConfig({
  build: { outDir: 'public' },
  server: {
    port: 5173,
    cors: { origin: '*' },
  },
});
