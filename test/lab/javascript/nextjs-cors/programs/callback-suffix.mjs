import NextCors from 'nextjs-cors';

export default async function handler(req, res) {
  await NextCors(req, res, { origin: (origin, done) => done(null, Boolean(origin) && origin.endsWith('example.com')) });

  res.status(200).json({ ok: true });
}
