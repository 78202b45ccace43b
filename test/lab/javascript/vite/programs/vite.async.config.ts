import { defineConfig } from 'vite';

export default defineConfig(async () => ({
  server: { cors: { origin: 'http://localhost:3000/' } },
}));
