import { defineConfig } from 'vite';

export default defineConfig({
  server: {
    cors: {
      origin: (origin, callback) => {
        const allowed = ['https://app.example.com', undefined];
        callback(null, allowed.includes(origin));
      },
    },
  },
});
