//! Photos straight from a phone: turned upright, without what the camera wrote down of place and owner, and no
//! larger than reading needs.
//!
//! The picture is decoded and written anew, so nothing but its pixels is kept: no position, no serial number, no
//! earlier preview, and nothing that hides in a file behind a picture.

use crate::files::{Files, Kind, LARGEST, Refused, Stored};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, ImageResult};
use std::io::Cursor;
use tokio::sync::Semaphore;

/// Of the longer side of what is kept, in pixels: about 200 dpi on a page of A4.
const LONGEST_SIDE: u32 = 2400;
/// Small print stays legible.
const QUALITY: u8 = 85;
/// Of the longer side of a thumbnail, in pixels.
const THUMBNAIL_SIDE: u32 = 160;
const THUMBNAIL_QUALITY: u8 = 70;
/// A picture may be so large in memory: 64 megapixels in colour, more than any phone takes by itself. It is read
/// from the header, before a pixel is.
const LARGEST_DECODED: u64 = 192 * 1024 * 1024;
/// A PNG that stays larger is a photograph, which is smaller as JPEG and looks the same.
const LARGEST_PNG: usize = LARGEST as usize / 5;

/// So many pictures are worked on at once; others wait. Bounds the memory in use, and leaves processors for others.
static DARKROOM: Semaphore = Semaphore::const_new(2);

/// A photo as it is kept, and a small one that goes with lists.
pub struct Photo {
    pub stored: Stored,
    /// JPEG.
    pub thumbnail: Vec<u8>,
}

/// Puts the photo in the place of the picture that arrived, which goes.
///
/// # Errors
/// [`Refused::Broken`] if it cannot be decoded, [`Refused::TooManyPixels`] if it would fill the memory.
pub async fn develop(files: &Files, raw: Stored) -> Result<Photo, Refused> {
    let permit = DARKROOM.acquire().await.map_err(std::io::Error::other)?;
    let format = if raw.kind == Kind::Png { ImageFormat::Png } else { ImageFormat::Jpeg };
    let bytes = files.contents(&raw.sealed()).await?;
    let prints = tokio::task::spawn_blocking(move || {
        let prints = prints(&bytes, format);
        drop(permit);
        prints
    });
    // whatever makes a decoder panic is no picture
    let prints = prints.await.map_err(|_| Refused::Broken)??;
    Ok(Photo { stored: files.put(&prints.large).await?, thumbnail: prints.small })
}

struct Prints {
    large: Vec<u8>,
    small: Vec<u8>,
}

fn prints(bytes: &[u8], format: ImageFormat) -> Result<Prints, Refused> {
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(why)?;
    if decoder.total_bytes() > LARGEST_DECODED {
        return Err(Refused::TooManyPixels);
    }
    // a picture whose note on its orientation cannot be read is the way up it is
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(why)?;
    // first smaller, then turned: turning makes a copy
    let mut picture = shrunk(picture, LONGEST_SIDE);
    picture.apply_orientation(orientation);
    let drawing = match format {
        ImageFormat::Png => Some(png(&picture).map_err(why)?).filter(|png| png.len() <= LARGEST_PNG),
        _ => None,
    };
    let picture = on_white(picture);
    let large = match drawing {
        Some(png) => png,
        None => jpeg(&picture, QUALITY).map_err(why)?,
    };
    let small = jpeg(&shrunk(picture, THUMBNAIL_SIDE), THUMBNAIL_QUALITY).map_err(why)?;
    Ok(Prints { large, small })
}

/// The same picture with its longer side at most `side`, each new pixel the mean of those it stands for.
fn shrunk(picture: DynamicImage, side: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= side { picture } else { picture.thumbnail(side, side) }
}

/// JPEG knows no transparency: what shines through is paper. What has no colour stays without.
fn on_white(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return if picture.color().has_color() {
            picture.into_rgb8().into()
        } else {
            picture.into_luma8().into()
        };
    }
    let mut picture = picture.into_rgba8();
    for pixel in picture.pixels_mut() {
        let [colours @ .., alpha] = &mut pixel.0;
        let opacity = u16::from(*alpha);
        for colour in colours {
            // at most 255, as both weights add up to 255
            *colour = ((u16::from(*colour) * opacity + 255 * (255 - opacity)) / 255) as u8;
        }
    }
    DynamicImage::from(picture).into_rgb8().into()
}

fn jpeg(picture: &DynamicImage, quality: u8) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality))?;
    Ok(bytes)
}

/// Eight bits a sample, whatever came.
fn png(picture: &DynamicImage) -> ImageResult<Vec<u8>> {
    let picture: DynamicImage = match (picture.color().has_color(), picture.color().has_alpha()) {
        (true, true) => picture.to_rgba8().into(),
        (true, false) => picture.to_rgb8().into(),
        (false, true) => picture.to_luma_alpha8().into(),
        (false, false) => picture.to_luma8().into(),
    };
    let mut bytes = Vec::new();
    picture.write_with_encoder(PngEncoder::new(&mut bytes))?;
    Ok(bytes)
}

fn why(error: ImageError) -> Refused {
    match error {
        ImageError::Limits(_) => Refused::TooManyPixels,
        _ => Refused::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spoilt::spoilt;
    use image::{GenericImageView, Rgb, RgbImage, Rgba, RgbaImage};

    fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.into().write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_huge_picture_is_scaled_and_a_small_one_stays_as_it_is() {
        for (sides, kept) in [((3000, 1000), (2400, 800)), ((100, 2500), (96, 2400)), ((40, 30), (40, 30))] {
            let picture = RgbImage::from_pixel(sides.0, sides.1, Rgb([200, 30, 30]));
            let prints = prints(&encoded(picture, ImageFormat::Jpeg), ImageFormat::Jpeg).unwrap();
            let large = image::load_from_memory(&prints.large).unwrap();
            assert_eq!(large.dimensions(), kept);
            assert!(large.to_rgb8().get_pixel(5, 5).0[0] > 190);
            let small = image::load_from_memory(&prints.small).unwrap();
            assert_eq!(small.width().max(small.height()), 160.min(kept.0.max(kept.1)));
        }
    }

    #[test]
    fn a_drawing_keeps_its_every_pixel_and_a_photograph_as_png_becomes_a_jpeg() {
        let drawing = encoded(RgbaImage::from_pixel(50, 50, Rgba([10, 20, 30, 128])), ImageFormat::Png);
        let prints_of = |bytes: &[u8]| prints(bytes, ImageFormat::Png).unwrap();
        let kept = image::load_from_memory(&prints_of(&drawing).large).unwrap();
        assert_eq!(kept.to_rgba8().get_pixel(7, 7).0, [10, 20, 30, 128]);
        let mut noise = 7u32;
        let photograph = RgbImage::from_fn(1000, 1000, |_, _| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Rgb(noise.to_be_bytes()[..3].try_into().unwrap())
        });
        let large = prints_of(&encoded(photograph, ImageFormat::Png)).large;
        assert_eq!(image::guess_format(&large).unwrap(), ImageFormat::Jpeg);
        assert!(large.len() < LARGEST as usize);
    }

    #[test]
    fn what_shines_through_is_paper() {
        let glass = RgbaImage::from_pixel(2, 2, Rgba([0, 0, 0, 0]));
        assert_eq!(on_white(glass.into()).to_rgb8().get_pixel(0, 0).0, [255, 255, 255]);
    }

    /// What a camera writes down before the picture (Exif 2.32): turned to the right, and taken somewhere.
    fn noted(jpeg: &[u8]) -> Vec<u8> {
        let place = b"46.2044N 6.1432E";
        let tags = [
            &b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02"[..],
            &[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0],
            &[0x01, 0x0e, 0, 2, 0, 0, 0, place.len() as u8, 0, 0, 0, 0x26, 0, 0, 0, 0],
            place,
        ]
        .concat();
        let length = u16::try_from(tags.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xff, 0xe1], &length, &tags, &jpeg[2..]].concat()
    }

    fn pictures() -> Vec<Vec<u8>> {
        let picture = RgbImage::from_fn(24, 16, |x, y| Rgb([x as u8 * 9, y as u8 * 9, 7]));
        let jpeg = encoded(picture.clone(), ImageFormat::Jpeg);
        vec![noted(&jpeg), jpeg, encoded(picture, ImageFormat::Png)]
    }

    #[test]
    fn what_the_camera_noted_turns_the_picture_and_goes() {
        let prints = prints(&pictures()[0], ImageFormat::Jpeg).unwrap();
        assert_eq!(image::load_from_memory(&prints.large).unwrap().dimensions(), (16, 24));
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(200))]
        /// A picture, or none, and never more of it than there was: nothing of what the camera wrote down.
        #[test]
        fn no_damage_is_too_strange(bytes in spoilt(&pictures()), is_png in proptest::bool::ANY) {
            let format = if is_png { ImageFormat::Png } else { ImageFormat::Jpeg };
            if let Ok(prints) = prints(&bytes, format) {
                let large = image::load_from_memory(&prints.large).unwrap();
                assert!(large.width().max(large.height()) <= LONGEST_SIDE);
                assert!(image::load_from_memory(&prints.small).is_ok());
                for print in [prints.large, prints.small] {
                    assert!(!print.windows(4).any(|window| window == b"Exif" || window == b"46.2"));
                }
            }
        }
    }
}
