import NextCors from 'nextjs-cors';

const trusted = ['https://app.example.com', 'http://localhost:3000'];
export default async function handler(req, res) {
  await NextCors(req, res, { origin: (origin, callback) => callback(null, trusted.includes(origin)), credentials: true });

  res.status(200).json({ ok: true });
}
