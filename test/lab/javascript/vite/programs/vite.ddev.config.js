import { defineConfig } from 'vite';

export default defineConfig({
  server: {
    cors: { origin: /https?:\/\/([A-Za-z0-9\-\.]+)?(\.example\.com)(?::\d+)?$/ },
  },
});
