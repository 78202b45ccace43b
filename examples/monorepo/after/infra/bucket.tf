resource "aws_s3_bucket_cors_configuration" "pictures" {
  bucket = aws_s3_bucket.pictures.id

  cors_rule {
    allowed_methods = ["GET"]
    allowed_origins = ["https://shop.example.com"]
  }
}
