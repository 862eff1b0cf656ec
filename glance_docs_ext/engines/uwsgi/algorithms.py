"""The digests and ciphers that OpenSSL 3 knows by name; case does not count.

Source: ``OBJ_NAME_do_all()`` and the names of the default and the legacy provider of libcrypto 3.0,
which is what ``EVP_get_digestbyname()`` and ``EVP_get_cipherbyname()`` look names up in.
"""

from __future__ import annotations

from itertools import product

_SHA = ('sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-224', 'sha512-256')
_SHA2 = ('224', '256', '384', '512', '512/224', '512/256')
_SHA3 = ('sha3-224', 'sha3-256', 'sha3-384', 'sha3-512')
_MODES = ('cbc', 'cfb', 'ecb', 'ofb')
_ALL_MODES = (*_MODES, 'cfb1', 'cfb8', 'ctr')
_SIZES = ('128', '192', '256')

DIGESTS = frozenset(
    (
        *_SHA,
        *_SHA3,
        *('md4', 'md5', 'md5-sha1', 'mdc2', 'ripemd', 'ripemd160', 'rmd160', 'sm3', 'whirlpool'),
        *('blake2b512', 'blake2s256', 'shake128', 'shake256', 'ssl3-md5', 'ssl3-sha1'),
        *('sha-1', *(f'{name}-{size}' for name, size in product(('sha', 'sha2'), _SHA2))),
        *('blake2b-512', 'blake2s-256', 'ripemd-160', 'shake-128', 'shake-256'),
        *(f'{name}withrsaencryption' for name in ('md4', 'md5', 'sm3', *_SHA)),
        *(f'rsa-{name}' for name in ('md4', 'md5', 'mdc2', 'ripemd160', 'sm3', *_SHA3, *_SHA[:5])),
        *('rsa-sha1-2', 'rsa-sha512/224', 'rsa-sha512/256', 'ripemd160withrsa'),
        *(f'id-rsassa-pkcs1-v1_5-with-{name}' for name in _SHA3),
    )
)
CIPHERS = frozenset(
    (
        *(f'aes-{size}-{mode}' for size, mode in product(_SIZES, _ALL_MODES)),
        *(f'aria-{size}-{mode}' for size, mode in product(_SIZES, _ALL_MODES)),
        *(f'camellia-{size}-{mode}' for size, mode in product(_SIZES, _ALL_MODES)),
        *(f'aes-{size}-{mode}' for size, mode in product(_SIZES, ('ccm', 'gcm', 'ocb'))),
        *(f'aria-{size}-{mode}' for size, mode in product(_SIZES, ('ccm', 'gcm'))),
        *(f'{name}{size}' for name, size in product(('aes', 'aria', 'camellia'), _SIZES)),
        *(f'{aes}{size}-wrap' for aes, size in product(('aes', 'aes-'), _SIZES)),
        *(f'{aes}{size}-wrap-pad' for aes, size in product(('aes', 'aes-'), _SIZES)),
        *('seed-cfb128', 'seed-ofb128', 'sm4-cfb128', 'sm4-ofb128'),
        *(
            f'id-aes{size}-{mode}'
            for size, mode in product(_SIZES, ('ccm', 'gcm', 'wrap', 'wrap-pad'))
        ),
        *('aes-128-xts', 'aes-256-xts'),
        *(f'aes-{size}-cbc-hmac-{sha}' for size, sha in product(('128', '256'), _SHA[0:3:2])),
        *(
            f'{name}-{mode}'
            for name, mode in product(('bf', 'cast5', 'rc2', 'seed', 'sm4', 'des'), _MODES)
        ),
        *(f'{name}-{mode}' for name, mode in product(('des-ede', 'des-ede3'), _MODES)),
        *('bf', 'blowfish', 'cast', 'cast-cbc', 'chacha20', 'chacha20-poly1305', 'seed', 'sm4'),
        *('des', 'des-cfb1', 'des-cfb8', 'des-ede', 'des-ede3', 'des-ede3-cfb1', 'des-ede3-cfb8'),
        *('des3', 'des3-wrap', 'desx', 'desx-cbc', 'id-smime-alg-cms3deswrap', 'sm4-ctr'),
        *('rc2', 'rc2-40', 'rc2-64', 'rc2-128', 'rc2-40-cbc', 'rc2-64-cbc'),
        *('rc4', 'rc4-40', 'rc4-hmac-md5'),
    )
)
