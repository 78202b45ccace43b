import { defineConfig } from 'vite';

export default defineConfig({
  preview: {
    cors: { origin: true, credentials: true },
  },
});
