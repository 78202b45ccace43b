import { defineConfig } from 'vite';

export default defineConfig({
  server: {
    cors: {
      origin(origin, callback) {
        callback(null, !origin || origin.endsWith('.example.com'));
      },
    },
  },
});
