import { defineConfig } from 'vite';

export default defineConfig({
  server: {
    cors: { origin: /^https:\/\/app.example.com$/ },
  },
});
