c = get_config()  # noqa

c.ServerApp.allow_origin_pat = r"https://([a-z]+\.)?shop\.example\.com"
c.ServerApp.allow_credentials = True
