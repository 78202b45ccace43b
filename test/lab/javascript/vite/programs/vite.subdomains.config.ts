import { defineConfig } from 'vite';

export default defineConfig({
  server: {
    cors: { origin: /^https:\/\/([a-z0-9-]+\.)?example\.com$/ },
  },
});
