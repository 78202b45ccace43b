import { defineConfig } from 'vite';

export default defineConfig({
  server: {
    cors: { origin: 'http://localhost:3000', optionsSuccessStatus: 200 },
  },
});
