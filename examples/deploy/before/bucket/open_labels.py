from google.cloud import storage

bucket = storage.Client().get_bucket("labels")
bucket.cors = [{"origin": ["*"], "method": ["GET"], "responseHeader": ["Content-Type"], "maxAgeSeconds": 600}]
bucket.patch()
