"""Wiring, no decisions. What differs between machines comes from the environment."""

import os
import secrets
from pathlib import Path

from gongfen.databases import database

FOLDER = Path(os.environ.get("GONGFEN_DIR", "var")).resolve()
DATABASES = {"default": database(os.environ.get("GONGFEN_DATABASE"), FOLDER)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _secret() -> str:
    """The server's secret: from the environment, or a file of the folder that only we may read."""
    if given := os.environ.get("GONGFEN_SECRET"):
        return given
    kept = FOLDER / "secret"
    if not kept.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    return kept.read_text().strip()


SECRET_KEY = _secret()
DEBUG = False
DEMO = os.environ.get("GONGFEN_DEMO") == "1"
ALLOWED_HOSTS = os.environ.get("GONGFEN_HOSTS", "127.0.0.1,localhost,testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "ninja",
    "gongfen.town",
    "gongfen.journal",
    "gongfen.ledger",
    "gongfen.people",
    "gongfen.fund",
]
ROOMS = ("activities", "shops", "dividends", "standing", "notices")
INSTALLED_APPS += [
    f"gongfen.{room}" for room in ROOMS if (Path(__file__).parent / room / "migrations" / "__init__.py").exists()
]
DOORS = ("pages", "console")
INSTALLED_APPS += [f"gongfen.{door}" for door in DOORS if (Path(__file__).parent / door / "templates").exists()]

INSTALLED_APPS += ["gongfen.wechat"]
WECHAT_SIGN_IN = "gongfen.wechat.signing_in.sign_in"  # the api asks by this name: doors do not know each other
WECHAT_MAY_ASK = "gongfen.wechat.messages.may_ask"
WECHAT_ACCEPT = "gongfen.wechat.messages.accept"
NOTICE_CHANNELS = ("gongfen.wechat.messages.InWeChat",)  # ways to a resident that stand on a higher floor
CLOCK_DOORS = {"wechat": "gongfen.wechat.messages.run_due"}  # what the clock does there

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongfen.headers.StrictHeaders",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Sessions and staff are the desk's alone: the API and the pages do not pay for them.
    "gongfen.console.only_there.sessions",
    "gongfen.console.only_there.authentication",
    "gongfen.console.only_there.otp",
    "gongfen.console.only_there.messages",
]
ROOT_URLCONF = "gongfen.urls"
WSGI_APPLICATION = "gongfen.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = None  # served from the packages by whitenoise
WHITENOISE_USE_FINDERS = True

# The built web app: in a tree where it is built, in an installed package where the wheel carries it (setup.py).
BUILT_HERE, CARRIED = (
    Path(__file__).parent.parent / "client" / "dist" / "build" / "h5",
    Path(__file__).parent / "webapp",
)
APP_FOLDER = os.environ.get("GONGFEN_APP", str(CARRIED if CARRIED.is_dir() else BUILT_HERE))

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
USE_I18N = False

# The desk: twelve hours at most; `console.ground` locks after fifteen minutes without a press.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_NAME = "gongfen_desk"
SESSION_COOKIE_PATH = "/desk"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
LOGIN_URL = "/desk/sign-in"
OTP_TOTP_ISSUER = "Gongfen 工分"

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
HTTPS = os.environ.get("GONGFEN_HTTPS") == "1"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
