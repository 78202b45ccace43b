variable "shop_origin" {
  default = "https://shop.example"
}

resource "aws_s3_bucket_cors_configuration" "pictures" {
  bucket = aws_s3_bucket.pictures.id
  cors_rule {
    allowed_methods = ["GET", "HEAD"]
    allowed_origins = [var.shop_origin]
    max_age_seconds = 3600
  }
}
