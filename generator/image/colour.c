/* Colour between ICC profiles, by lcms2. */
#include <lcms2.h>
#include <string.h>

#include "image/image.h"

struct image_transform {
    cmsContext context;
    cmsHTRANSFORM transform;
};

/* A broken profile is our caller's news, not the standard error's. */
static void keep_quiet(cmsContext context, cmsUInt32Number code, const char *text)
{
    (void)context, (void)code, (void)text;
}

static cmsContext quiet_context(void)
{
    cmsContext context = cmsCreateContext(NULL, NULL);
    if (context)
        cmsSetLogErrorHandlerTHR(context, keep_quiet);
    return context;
}

static int components_of(cmsColorSpaceSignature space)
{
    switch (space) {
    case cmsSigGrayData: return 1;
    case cmsSigRgbData: return 3;
    case cmsSigCmykData: return 4;
    default: return 0;
    }
}

static cmsUInt32Number format_of(int components)
{
    return components == 1 ? TYPE_GRAY_8 : components == 3 ? TYPE_RGB_8 : TYPE_CMYK_8;
}

/* IEC 61966-2-1: sRGB's curve, for grey without a profile. */
static cmsHPROFILE grey_profile(cmsContext context)
{
    const cmsFloat64Number p[5] = { 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045 };
    cmsToneCurve *curve = cmsBuildParametricToneCurve(context, 4, p);
    cmsHPROFILE profile = curve ? cmsCreateGrayProfileTHR(context, cmsD50_xyY(), curve) : NULL;
    cmsFreeToneCurve(curve);
    return profile;
}

static cmsHPROFILE open_profile(cmsContext context, const void *icc, size_t n, int components)
{
    if (!icc)
        return components == 3 ? cmsCreate_sRGBProfileTHR(context) : components == 1 ? grey_profile(context) : NULL;
    if (n < 128 || n > UINT32_MAX)
        return NULL;
    cmsHPROFILE profile = cmsOpenProfileFromMemTHR(context, icc, (cmsUInt32Number)n);
    if (profile && components_of(cmsGetColorSpace(profile)) != components) {
        cmsCloseProfile(profile);
        return NULL;
    }
    return profile;
}

struct image_transform *image_transform_new(const void *from, size_t from_size, int from_components, const void *to,
                                            size_t to_size, int to_components)
{
    struct image_transform *t = mem_alloc(sizeof *t);
    t->context = quiet_context();
    cmsHPROFILE in = open_profile(t->context, from, from_size, from_components);
    cmsHPROFILE out = open_profile(t->context, to, to_size, to_components);
    /* NOCACHE: the one-pixel cache is shared state between threads. */
    if (in && out)
        t->transform = cmsCreateTransformTHR(t->context, in, format_of(from_components), out, format_of(to_components),
                                             INTENT_RELATIVE_COLORIMETRIC,
                                             cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOCACHE);
    if (in)
        cmsCloseProfile(in);
    if (out)
        cmsCloseProfile(out);
    if (t->transform)
        return t;
    image_transform_free(t);
    return NULL;
}

void image_transform_free(struct image_transform *t)
{
    if (!t)
        return;
    if (t->transform)
        cmsDeleteTransform(t->transform);
    if (t->context)
        cmsDeleteContext(t->context);
    mem_free(t);
}

void image_transform_rows(const struct image_transform *t, const unsigned char *in, unsigned char *out, size_t pixels)
{
    cmsUInt32Number in_size = T_CHANNELS(cmsGetTransformInputFormat(t->transform));
    cmsUInt32Number out_size = T_CHANNELS(cmsGetTransformOutputFormat(t->transform));
    for (size_t done = 0; done < pixels;) {
        size_t n = pixels - done < 1 << 20 ? pixels - done : 1 << 20;      /* lcms2 counts pixels in 32 bits */
        cmsDoTransform(t->transform, in + done * in_size, out + done * out_size, (cmsUInt32Number)n);
        done += n;
    }
}

int image_profile_components(const void *icc, size_t n)
{
    cmsContext context = quiet_context();
    cmsHPROFILE profile = n >= 128 && n <= UINT32_MAX ? cmsOpenProfileFromMemTHR(context, icc, (cmsUInt32Number)n) : NULL;
    int components = profile ? components_of(cmsGetColorSpace(profile)) : 0;
    if (profile)
        cmsCloseProfile(profile);
    if (context)
        cmsDeleteContext(context);
    return components;
}
