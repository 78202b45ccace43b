c = get_config()  # noqa

c.ServerApp.allow_origin_pat = r"https://.*shop.example.com"
c.ServerApp.allow_credentials = True
